"""The handover's screen."""
