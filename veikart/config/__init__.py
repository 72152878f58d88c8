"""Settings, root addresses, start-up and the `veikart` command; may know every package."""
