"""What a feature is: a named byte of a line, and how its 256 values relate.

The model gives each feature a table of 256 weights, so a decision is a sum with one term a feature. Training learns
the tables from indicators: of every step for an ordinal one, of every value for a nominal one; a grid is a byte of
two ordinal halves, learnt from both halves and from their combination.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["ordinal", "nominal", "grid"]


@dataclass(frozen=True, slots=True)
class Feature:
    """A byte said of a line: its name, what it measures, how its values relate, and the family it belongs to."""

    name: str
    meaning: str
    kind: Kind
    family: str = "shape"


def ordinal(name: str, meaning: str, family: str = "shape") -> Feature:
    """A feature whose values are steps of one scale."""
    return Feature(name, meaning, "ordinal", family)


def nominal(name: str, meaning: str, family: str = "shape") -> Feature:
    """A feature whose values are names; two halves of four bits also count by themselves."""
    return Feature(name, meaning, "nominal", family)


def grid(name: str, meaning: str, family: str = "shape") -> Feature:
    """A feature of two scales, four bits each."""
    return Feature(name, meaning, "grid", family)
