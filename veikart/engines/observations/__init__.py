"""Observations: what a file of figures says, row by row, and the canonical table it becomes."""
