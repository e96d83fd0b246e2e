"""The vocabulary of planted text, a TOML file a kind: stems, tails and words of names, and sentences that promote."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of promotion: `stems` and `tails` make a brand, `words` go behind it, `promos` hold `{brand}`."""

    name: str
    stems: Sequence[str]
    tails: Sequence[str]
    words: Sequence[str]
    promos: Sequence[str]


KINDS = ("gambling", "lottery", "games", "invoice", "loan", "fakes", "papers", "streams")


@cache
def kind(name: str) -> Kind:
    """The vocabulary of one of KINDS."""
    table = tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
    return Kind(name, *(tuple(table[key]) for key in ("stems", "tails", "words", "promos")))


@cache
def leads() -> tuple[str, ...]:
    """What hijackers write before a planted summary or list."""
    table = tomllib.loads((files(__name__) / "gambling.toml").read_text(encoding="utf-8"))
    return tuple(table["heads"]["lead"])


@cache
def counties() -> tuple[str, ...]:
    """Names of counties, without the word county."""
    return tuple((files(__name__) / "counties.txt").read_text(encoding="utf-8").split())
