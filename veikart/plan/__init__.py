"""The plan as a value, and all that can be read off it (no Django)."""
