"""What the attributes of an element say: its names, whether it is a link's, whether it is shown."""

from __future__ import annotations

import re
from typing import NamedTuple

from hansift.text.html.families import families_of

_ATTRIBUTE = re.compile(
    r"""[\s"'/](class|id|style|alt|href|hidden|role)"""
    r"""(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|[^\s>]*+))?(?=[\s"'/]|\Z)""",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[\s\d]+")
_LONGEST = 64
_READ = tuple(f"{name}=" for name in ("class", "id", "style", "alt", "role"))
_LONGEST_READ = max(map(len, _READ))


class Said(NamedTuple):
    """`families` of the class names and ids; `names` themselves, without numbers, for likeness; `hidden`."""

    families: tuple[int, ...] = ()
    names: str = ""
    hidden: bool = False


NOTHING_SAID = Said()


def without_values(attributes: str) -> str:
    """The attributes less the values that say nothing here, where all are in double quotes: so tags that do the same
    become alike.

    >>> without_values('a class="more" href="/n/1.html" data-size="7" title="新闻"')
    'a class="more" href="" data-size="" title=""'
    """
    if "'" in attributes:
        return attributes
    parts = attributes.split('"')
    for value in range(1, len(parts) - 1, 2):
        name = parts[value - 1][-_LONGEST_READ:]
        if name[-1:] == "=" and not name[-2:-1].isspace() and not name.lower().endswith(_READ):
            parts[value] = ""
    return '"'.join(parts)


def said_by(attributes: str) -> Said:
    """What the attributes say.

    >>> said_by(' class="nav" style="display: none"')
    Said(families=(0,), names=' nav', hidden=True)
    """
    names, hidden = "", False
    for name, value in _ATTRIBUTE.findall(attributes):
        name = name.lower()
        if name in ("class", "id", "role"):
            names += " " + value.strip("\"'")
        elif name == "style":
            style = value.replace(" ", "").lower()
            hidden = hidden or "display:none" in style or "visibility:hidden" in style
        hidden = hidden or name == "hidden"
    return Said(families_of(names) if names else (), _NUMBERS.sub(" ", names)[:_LONGEST], hidden)


def alt_of(attributes: str) -> str:
    """The text in place of an image, empty for none."""
    if "alt" not in attributes.lower():
        return ""
    for name, value in _ATTRIBUTE.findall(attributes):
        if name.lower() == "alt":
            text: str = value.strip(value[0]) if value[:1] in ('"', "'") else value
            return text if text.strip(" \t\n\r\f") else ""
    return ""
