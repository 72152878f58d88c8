"""Points: a reply is cut into remarks that can each be answered by itself."""
