"""Anchors: what in the plan a point is about, proposed with a reason and a score; a person confirms."""
