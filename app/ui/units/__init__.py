"""The units on screen: the board, whom to send, and what a unit says by radio."""
