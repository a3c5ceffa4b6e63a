"""Printed sheets. Nothing lives here yet (docs/architecture.md)."""
