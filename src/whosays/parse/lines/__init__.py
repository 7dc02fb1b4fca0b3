"""What the lines around an article are: bylines, dates, credits, headlines, the page's frame.

Takes single lines, gives what they tell; never sees the page they stand on.
"""
