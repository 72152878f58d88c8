"""The parts of the `veikart` command, one module a subject; each imports what it needs when it runs."""
