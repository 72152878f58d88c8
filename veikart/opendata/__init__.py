"""Open data: the figures of a Plan's indicators in the formats of statistics."""
