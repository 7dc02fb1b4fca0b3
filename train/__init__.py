"""Train and measure the models that whosays ships; nothing imports this door.

Takes annotated corpora, gives ONNX files and scores; never runs at run time.
"""
