"""How much may be written in a reply on the web."""

from veikart.engines.readers.reply_items import MOST_ANSWERED

MOST_TYPED = 50_000
"""The most characters of one answer: some twenty pages. What is longer is better read as a file."""
MOST_IN_ALL = MOST_ANSWERED
"""The most characters of all answers together, as of a reply that comes as a file."""
LONGEST_NAME = 300
