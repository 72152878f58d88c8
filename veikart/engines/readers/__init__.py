"""One module a kind of document: bytes in, a Proposal out."""
