"""Measures how fast Veikart is and how that grows; `python -m bench` prints one table."""
