"""HTML to lines and what the markup says of them, in one pass over the page.

What reads HTML, `walk.extract`, is imported from its own module: who cleans text never waits for it.
"""

from hansift.text.html.families import FAMILIES
from hansift.text.html.lines import TAGS, Extracted, Markup

__all__ = ["FAMILIES", "TAGS", "Extracted", "Markup"]
