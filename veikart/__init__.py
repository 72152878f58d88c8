"""Veikart runs a national strategy as a living system."""
