"""How far along the way to a target: by the path (our own), and by two methods of others, by name."""
