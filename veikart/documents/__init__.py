"""Files kept whole with their hash, and who may see them."""
