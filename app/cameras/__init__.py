"""The camera register: what a camera is, where it stands, what it sees."""
