"""The outside world: the warehouse that calculates, statistics services, text recognition, mailboxes, reading apart, papers set as PDF and bound into one, and charts drawn to SVG."""
