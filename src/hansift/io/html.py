"""HTML pages: from bytes to the lines that are judged, and their markup."""

from __future__ import annotations

from hansift.io.encoding import Guess, declared, decode, guess
from hansift.text.html import Extracted


def read_html(html: bytes | str, charset: str | None = None) -> Extracted:
    """The page laid out line by line, and its markup; `charset` is what the server said, if anything.

    Raises InputError for bytes that fit no encoding.
    """
    from hansift.text.html.walk import extract  # HTML alone needs it, and it takes long to load

    return extract(html if isinstance(html, str) else decode(html, guess_html(html, charset)))


def guess_html(html: bytes, charset: str | None = None) -> Guess | None:
    """What a page is written in: by the server's word, its own, and its bytes."""
    return guess(html, (charset, declared(html)))
