"""Prioritising by named members: a round is opened, each votes by a private link, and the votes are counted."""
