"""Files that belong to an incident: what they are, how they are kept, how they are looked at.

A file somebody brings is hostile until it was read: its kind is decided by its content, it is
copied in under its hash, and looked into by a process of its own.
"""
