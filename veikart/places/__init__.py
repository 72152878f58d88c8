"""Municipalities, counties and health regions through time."""
