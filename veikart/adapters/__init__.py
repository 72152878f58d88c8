"""The outside world: the warehouse that calculates, statistics services, text recognition, mailboxes, reading apart, and charts drawn to SVG."""
