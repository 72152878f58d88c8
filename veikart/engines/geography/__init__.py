"""Places through time: valid codes, and figures carried from one year's borders to another's."""
