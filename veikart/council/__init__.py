"""Bodies, seats, meetings, cases, decisions and what became of them."""
