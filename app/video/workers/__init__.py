"""Decode workers: cameras read in processes of their own. The console's end is `pictures`.

Imports nothing: a worker comes by here too, and eight of them start at once.
"""
