"""Prioritising: which pairs a member is asked about, and what order the votes give."""
