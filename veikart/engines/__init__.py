"""Pure calculation: bytes or tables in, values out (no Django, network, files, clock)."""
