"""Small numbers stay hidden: blank cells or rounding, and the attack that proves it."""
