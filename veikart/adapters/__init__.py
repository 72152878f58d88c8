"""The outside world: the warehouse that calculates, statistics services, text recognition, and charts drawn to SVG."""
