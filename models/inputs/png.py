"""Writes a grey picture as PNG (ISO/IEC 15948), the one form that every browser shows from an address."""

import base64
import struct
import zlib

import numpy as np


def png_address(ink: np.ndarray) -> str:
    """Write shares of ink (height, width) as black on white, as an address: `data:image/png;base64,...`."""
    height, width = ink.shape
    grey = 255 - np.rint(np.clip(ink, 0, 1) * 255).astype(np.uint8)
    rows = np.concatenate((np.zeros((height, 1), np.uint8), grey), axis=1)  # each begins with its filter: none
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()
