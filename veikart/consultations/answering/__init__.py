"""The public answers a hearing on the web: begin, go on by a private link, look over, send, receipt."""
