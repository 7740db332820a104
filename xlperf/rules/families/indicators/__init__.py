"""Whether an indicator is one: its name, its kind, its description, once in its list."""
