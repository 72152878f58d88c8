"""A file becomes a proposal, compared with the working plan; a person accepts it."""
