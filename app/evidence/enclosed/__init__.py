"""What goes into every package as it is. Imports nothing of this program."""
