"""A process that draws the map's still pictures, so that Python's one lock is the hand's alone.

`process` keeps one running, `child` is what it runs, `orders` and `answers` are what they say to
each other, `sheets` the memory that both see. Knows no widget.
"""
