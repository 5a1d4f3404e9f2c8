"""How values become letters: whole numbers as bytes, deflated, in base64 for addresses; arrays in base64 for JSON.

Whole numbers are written as variable-length bytes, seven bits each, low ones first, the sign in the lowest bit (as in
Protocol Buffers: https://protobuf.dev/programming-guides/encoding), so that small differences take one byte.
"""

import base64
import binascii
import zlib
from collections.abc import Iterable

import numpy as np

from unrolled import InvalidInput

ADDRESS = 4000  # letters of a text form that an address carries; what is longer goes by reference
BASE64 = r"^[A-Za-z0-9+/]*={0,2}$"


def base64_letters(size: int) -> int:
    """Count the letters that so many bytes take in base64."""
    return -(-size // 3) * 4


def sent_bytes(letters: str, what: str) -> bytes:
    """Read base64 as JSON carries it. Raises InvalidInput, which names what it was to be."""
    try:
        return base64.b64decode(letters, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput(f"the {what} are not base64: send them as the API's reference says") from None


def deflated(data: bytes) -> str:
    """Deflate bytes, and write them in base64 for addresses, without padding."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(packer.compress(data) + packer.flush()).decode().rstrip("=")


def inflated(letters: str, most: int) -> bytes | None:
    """Read what `deflated` wrote; None for anything else, for what is cut off, and for more than `most` bytes."""
    unpacker = zlib.decompressobj(-15)
    try:
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), b"-_", validate=True)
        data = unpacker.decompress(packed, most + 1)
    except (zlib.error, binascii.Error, ValueError):
        return None
    return data if unpacker.eof and not unpacker.unused_data and len(data) <= most else None


def written(numbers: Iterable[int]) -> bytes:
    """Write whole numbers, the small ones in one byte."""
    data = bytearray()
    for number in numbers:
        left = number << 1 if number >= 0 else (-number << 1) - 1
        while left > 0x7F:
            data.append(left & 0x7F | 0x80)
            left >>= 7
        data.append(left)
    return bytes(data)


def numbers_of(data: bytes) -> np.ndarray | None:
    """Read what `written` wrote, as int64; None if it breaks off or holds a number of more than 28 bits."""
    numbers: list[int] = []
    number = shift = 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
            if shift > 21:
                return None
            continue
        numbers.append(-(number >> 1) - 1 if number & 1 else number >> 1)
        number = shift = 0
    return None if shift or number else np.array(numbers, np.int64)
