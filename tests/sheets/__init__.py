"""Papers: what is set, how it looks, and what is kept of it."""
