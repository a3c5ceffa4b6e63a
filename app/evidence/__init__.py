"""Evidence: lock, package, verifier. Nothing lives here yet (docs/architecture.md)."""
