"""Freezes the working tables into a Plan, numbers it, chains its hash, keeps it, approves it."""
