"""Themes: who speaks of what, letters that are alike, and a first set of groups."""
