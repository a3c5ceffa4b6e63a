"""What was recorded: segments, gaps and locks, the recorder's index of them, and how it is read.

The recorder writes the index; the console reads it, and asks for locks in its own log.
"""
