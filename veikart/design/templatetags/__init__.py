"""What templates ask the look for."""
