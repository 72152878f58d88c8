"""The outside world: the warehouse that calculates, statistics services, and charts drawn to SVG."""
