"""The Smart Safety Zone console. The rooms and their order: docs/architecture.md."""
