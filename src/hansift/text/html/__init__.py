"""HTML to lines and what the markup says of them, in one pass over the page."""

from hansift.text.html.families import FAMILIES
from hansift.text.html.lines import TAGS, Extracted, Markup
from hansift.text.html.walk import extract

__all__ = ["FAMILIES", "TAGS", "Extracted", "Markup", "extract"]
