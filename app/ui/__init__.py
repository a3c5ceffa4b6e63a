"""Windows, panels, widgets. Composes and wires; touches no database and no decoder."""
