"""What a meeting gives as papers: its minutes as PDF."""
