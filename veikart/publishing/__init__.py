"""A Plan becomes a folder of files: the site and its downloads."""
