"""Products broken on purpose. Run as programs by the tests, never imported."""
