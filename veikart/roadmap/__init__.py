"""The writing side of deliverables, phases, dates, owners, user groups and dependencies."""
