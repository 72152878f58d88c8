"""A picture in grey as a PNG, the format that browsers show."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(pgm: bytes) -> bytes:
    """A PGM picture as `drawn_page` gives it, one byte a dot, as a PNG of the same dots."""
    heading, dots = pgm.split(b"\n", 1)
    width, height = (int(part) for part in heading.split()[1:3])
    rows = b"".join(b"\0" + dots[row * width : (row + 1) * width] for row in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 6)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    whole = name + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))
