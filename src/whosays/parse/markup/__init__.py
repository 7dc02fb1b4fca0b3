"""HTML to a reading: the tree, its blocks, which of them are the article, what the markup says of it.

Takes a decoded page, gives a `PageReading`; never reads bytes, never judges whether it is an article.
"""
