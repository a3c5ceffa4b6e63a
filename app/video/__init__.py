"""Live pictures: pre-flight, capture, latest picture wins."""
