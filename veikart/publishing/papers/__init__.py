"""The templates of what is published as PDF."""
