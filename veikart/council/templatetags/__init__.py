"""Template tags of the desk of councils."""
