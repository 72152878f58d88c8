"""Users, organisations, roles, and the record of who did what."""
