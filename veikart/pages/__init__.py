"""Reading: every HTML page that shows a Plan."""
