"""The bytes of features as people read them: 8 of `digits` is `12 %` of a line."""

from __future__ import annotations

import re
from collections.abc import Callable

from hansift.features.chars import CLASSES
from hansift.features.spec import Feature
from hansift.features.weighed import KINDS, LEVEL, LEVEL_ZERO, NAMED_KINDS
from hansift.text.html import FAMILIES as FAMILIES_OF_NAMES
from hansift.text.html import TAGS

Reader = Callable[[int], str]

ODDS_STEPS, ODDS_ZERO = 12, 128


def log(steps: int) -> Reader:
    """Reads `log_byte`: the number itself, rounded down."""
    return lambda byte: f"{2 ** (byte / steps) - 1 + 1e-9:.0f}"


def share(steps: int) -> Reader:
    """Reads `share_byte`.

    >>> share(64)(8)
    '12 %'
    """
    return lambda byte: f"{100 * byte // steps} %"


def number(byte: int) -> str:
    """Reads a count that stops at 15."""
    return str(byte) if byte < 15 else "15+"


def half_octaves(byte: int) -> str:
    """Reads the length in sixteen steps."""
    return f"{2 ** (byte / 2):.0f}" + ("+" if byte == 15 else "")


def odds(byte: int) -> str:
    """Reads `odds_byte`."""
    return f"{(byte - ODDS_ZERO) / ODDS_STEPS:+.1f}"


def odds_there(byte: int) -> str:
    """Reads the log-odds of another line, 0 where the page has none."""
    return odds(byte) if byte else "no line"


def pair(high: Reader, low: Reader, between: str = " × ") -> Reader:
    """Reads a byte of two halves."""
    return lambda byte: f"{high(byte >> 4)}{between}{low(byte & 15)}"


def kind(byte: int) -> str:
    """Reads a class of characters."""
    return CLASSES[byte]


def distance(byte: int) -> str:
    """Reads the way to a block."""
    if byte == ODDS_ZERO:
        return "inside"
    lines = log(12)(abs(byte - ODDS_ZERO))
    return f"{lines} lines {'after' if byte > ODDS_ZERO else 'before'}"


def inside(byte: int) -> str:
    """Reads the place within a block."""
    from_top, to_end = ((2 ** ((half - 1) / 3) - 1) for half in (byte >> 4, byte & 15))
    return f"{from_top:.0f} from its top, {to_end:.0f} to its end" if byte else "outside"


def indent(byte: int) -> str:
    """Reads whether a line stands in the block and is indented like it."""
    place, like = "inside" if byte >> 5 & 1 else "outside", "as" if byte >> 4 & 1 else "not as"
    return f"{place}, indented {like} its text × {half_octaves(byte & 15)}"


def likeness(byte: int) -> str:
    """Reads likeness (edges 2, length 1, indent 1) and the run."""
    return f"{byte >> 4} of 4 × {log(3)(byte & 15)}"


PAGE_SCRIPTS = {0: "no script", 1: "Traditional", 2: "Simplified", 4: "Traditional, mixed", 5: "Simplified, mixed"}
LINE_SCRIPTS = ("neither", "Traditional", "Simplified", "both")


def script(byte: int) -> str:
    """Reads the script of the page and that of the line."""
    line = LINE_SCRIPTS[(byte & 15) >> 2]
    return f"page {PAGE_SCRIPTS.get(byte >> 4, '?')}, line {line}"


def stretch(byte: int) -> str:
    """Reads a run of paragraphs, or of other lines: what stands before and after it, and its length."""
    is_, before, after = ("paragraphs" if byte >> 6 & 1 else "other lines"), byte >> 5 & 1, byte >> 4 & 1
    between = ("alone", "before paragraphs", "behind paragraphs", "among paragraphs")[2 * before + after]
    return f"{is_} {between} × {log(2)(byte & 15)}"


def coarse_odds(half: int) -> str:
    """Reads the upper half of `odds_byte`."""
    return odds(half << 4)


def element(byte: int) -> str:
    """Reads the kind of an element."""
    return TAGS[byte]


def kind_of_name(byte: int) -> str:
    """Reads a kind of class names."""
    return FAMILIES_OF_NAMES[byte - 1] if byte else "none"


def passed(half: int) -> str:
    """Reads what stands between the headline and a line."""
    return {0: "above it", 15: "no headline"}.get(half) or log(2)(half - 1)


def shared(half: int) -> str:
    """Reads what a line shares with the one before it or after it."""
    said = [name for bit, name in ((4, "elements"), (2, "block"), (1, "block around")) if half & bit]
    return f"same {', '.join(said)}" if said else "nothing"


def level(half: int) -> str:
    """Reads LEVELS of `features.weighed`: the log-odds, rounded."""
    return f"{(half - LEVEL_ZERO) * LEVEL:+.1f}"


RELATIONS = (
    "no text", "above the text", "in its first part", "beside its first part", "in a part of what opens it",
    "in a part built alike", "in a part built otherwise",
)  # fmt: skip


def relation(half: int) -> str:
    """Reads how a line stands to the one that opens the text."""
    return RELATIONS[half] if half < len(RELATIONS) else "?"


OF_KIND: dict[str, Reader] = {
    "odds": pair(level, level),
    "block": pair(level, share(15)),
    "alike": pair(share(15), share(15)),
    "up": share(255),
}
"""Readers of what is said of each of NAMED_KINDS, by the end of the feature's name."""
READERS: dict[str, Reader] = {
    **dict.fromkeys(KINDS, odds),
    **{f"{kind}_{name}": reader for kind in NAMED_KINDS for name, reader in OF_KIND.items()},
    "length": log(8),
    "length_stops": pair(half_octaves, number),
    "length_commas": pair(half_octaves, number),
    "edges": pair(kind, kind, " … "),
    "indent_length": pair(number, half_octaves),
    "function": share(128),
    "han": share(64),
    "digits": share(64),
    "latin": share(64),
    "kana": share(64),
    "separators_spaces": pair(log(2), log(2)),
    "colons_length": pair(number, half_octaves),
    "brackets_quotes": pair(number, number),
    "dates_digits": pair(number, log(3)),
    "punctuation": share(128),
    "pieces_rhythm": pair(log(3), share(8)),
    "longest_piece": pair(log(2), log(2)),
    "end_length": pair(kind, half_octaves),
    "odds": odds,
    "odds_spam": odds,
    "list": odds,
    "lengths": pair(half_octaves, half_octaves),
    "join_before": pair(kind, kind, " … "),
    "join_after": pair(kind, kind, " … "),
    "run": likeness,
    "run_2": likeness,
    "stretch": stretch,
    "stretch_place": pair(log(2), log(2)),
    "stretch_odds": pair(coarse_odds, number),
    "digits_around": pair(log(3), log(3)),
    "gaps": pair(number, number),
    "from_top": log(16),
    "from_bottom": log(16),
    "relative": share(64),
    "share": share(128),
    "page": pair(log(2), share(16)),
    "block": distance,
    "block_inside": inside,
    "block_size": pair(log(1), share(15)),
    "barrier": odds,
    "block_indent": indent,
    "sentences": distance,
    "sentences_inside": inside,
    "sentences_size": pair(log(1), share(15)),
    "script": script,
    "link": share(255),
    "links": pair(number, half_octaves),
    "tag": pair(element, element, " in "),
    "bold": share(255),
    "alt": pair(share(15), half_octaves),
    "hidden": share(255),
    "depth": str,
    "lists": pair(number, number),
    "cells": pair(number, half_octaves),
    "same": pair(shared, shared, " above, below "),
    "named": pair(kind_of_name, kind_of_name, ", then "),
    "alone_odds": pair(level, level, " → "),
    "alone_block": pair(level, share(15)),
    "alone_alike": pair(level, share(15)),
    "named_odds": pair(kind_of_name, level),
    "link_odds": pair(share(15), level),
    "alike": pair(log(2), half_octaves),
    "alike_both": pair(share(15), share(15)),
    "titled": pair(share(15), half_octaves),
    "title": distance,
    "title_steps": pair(number, number, " up, down "),
    "title_body": share(255),
    "title_passed": pair(passed, level),
    "opening": pair(relation, level),
    "opening_steps": pair(number, number, " up, down "),
    "opening_body": pair(share(15), share(15)),
    "opening_share": pair(share(15), share(15)),
    "opening_links": pair(share(15), log(2)),
    "main": pair(number, number, " up, down "),
    "text": pair(number, number, " up, down "),
    "text_body": share(255),
}
FAMILIES: tuple[tuple[str, Reader], ...] = (
    ("odds_", odds_there),
    ("list_", odds_there),
    ("lists_", share(255)),
    ("mean_", share(255)),
    ("spam_", share(255)),
    ("sentences_", share(255)),
    ("named_", str),
    ("link_", share(255)),
    ("links_", share(255)),
    ("block_share_", share(64)),
    ("block_", pair(share(15), share(15))),
)
"""Readers of features that differ in a number at the end of their names."""


def readable(name: str, byte: int) -> str:
    """The value of a feature in words; its two halves where nothing is known of it.

    >>> readable("digits", 8), readable("edges", 0x14), readable("odds_-1", 0)
    ('12 %', 'han … stop', 'no line')
    """
    reader = READERS.get(name)
    if reader is None:
        reader = next((reader for start, reader in FAMILIES if name.startswith(start)), pair(str, str, " · "))
    return reader(int(byte))


_CODING = re.compile(r"^log2 of the |, (1/\d+|eighths|sixteenths)$| \(below 128\)| \(above\)")
MEANINGS = {
    "odds": "log-odds of body by its own text and the step before",
    "odds_spam": "log-odds of spam by its own text and the step before",
}


def meaning(feature: Feature) -> str:
    """What a feature measures, without how a byte holds it.

    >>> from hansift.features.spec import ordinal
    >>> meaning(ordinal("digits", "share of digits, 1/64"))
    'share of digits'
    """
    return MEANINGS.get(feature.name) or _CODING.sub("", feature.meaning)
