"""Hearings and workshops, replies, points, themes and outcomes; what was handled is a log of events."""
