"""The recorder: copies what the cameras send to files, keeps the index of them, deletes by age.

A process of its own that outlives the console; the console only starts it and reads its index.
"""
