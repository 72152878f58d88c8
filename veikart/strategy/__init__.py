"""The writing side of vision, goals, statements and delmål; versions of the text."""
