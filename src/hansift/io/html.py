"""HTML pages: from bytes to the text whose lines are judged."""

from __future__ import annotations

from hansift.errors import UsageError
from hansift.io.encoding import Guess, declared, decode, guess


def html_to_text(html: bytes | str, charset: str | None = None) -> str:
    """The page's text, laid out line by line; `charset` is what the server said, if anything.

    Raises InputError for bytes that fit no encoding, and UsageError where resiliparse is missing.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError as error:
        raise UsageError("HTML needs resiliparse; pip install 'hansift[html]'") from error
    page = html if isinstance(html, str) else decode(html, guess_html(html, charset))
    text: str = extract_plain_text(page, preserve_formatting=True, main_content=False, alt_texts=True)
    return text


def guess_html(html: bytes, charset: str | None = None) -> Guess | None:
    """What a page is written in: by the server's word, its own, and its bytes."""
    return guess(html, (charset, declared(html)))
