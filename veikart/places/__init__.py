"""Municipalities, counties and health regions through time."""

from veikart.places.tables import reference_geography

__all__ = ["reference_geography"]
