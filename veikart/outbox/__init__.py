"""Messages to people outside: shown and approved by a person before anything is sent, and sent once."""
