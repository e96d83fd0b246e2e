"""Characters of GBK and their two bytes, as PHP's converter maps them."""

from __future__ import annotations

# FE50 to FEA0 were private use (U+E815 to U+E864) before Unicode had their characters.
_ROW = 0xFE
_PRIVATE = {0xE815 + i: bytes((_ROW, trail)) for i, trail in enumerate(t for t in range(0x50, 0xA1) if t != 0x7F)}
_PRIVATE_OF = {pair: chr(code) for code, pair in _PRIVATE.items()}


def encode(char: str) -> bytes:
    """The two bytes of a character, or no bytes where GBK has none for it or only one."""
    private = _PRIVATE.get(ord(char))
    if private:
        return private
    pair = char.encode("gb18030", "replace")
    return pair if len(pair) == 2 else b""


def decode(pairs: bytes) -> str:
    """The text of whole two-byte characters; a row once private gives today's characters."""
    return pairs.decode("gb18030", "replace")


def decode_pair(lead: int, trail: int) -> str:
    """The character of two bytes as PHP gives it, with the private row."""
    pair = bytes((lead, trail))
    return _PRIVATE_OF.get(pair) or decode(pair)


def unprivate(char: str) -> str:
    """The character that a private-use one of GBK stands for today, or no text where there is none."""
    pair = _PRIVATE.get(ord(char))
    today = decode(pair) if pair else ""
    return "" if "\ue000" <= today <= "\uf8ff" else today
