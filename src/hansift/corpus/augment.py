"""Labelled pages from labelled pages: recombined, laid out anew, spammed and injured as the web does it.

The same pages, seed and number of copies give the same pages; a copy's facts say what was done to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from hansift.corpus.folds import folds
from hansift.corpus.injure import (
    Injured,
    damage_bytes,
    double_commas,
    inject_readings,
    lose_fullwidth,
    lose_numerals,
    to_traditional,
)
from hansift.corpus.labelled import LabelledLine, LabelledPage
from hansift.corpus.layout import anglicise, latin_phrases, relayout
from hansift.corpus.mix import crop, dump, excerpt, feed, span_of_body, transplant, without_title
from hansift.corpus.spam import (
    Campaign,
    adult_words,
    block,
    campaign,
    clauses_of,
    filler,
    links,
    promo,
    spam,
    splice,
    titles,
)
from hansift.page import replaced
from hansift.text.edits import Step, apply, compose

Lines = list[LabelledLine]

TRANSPLANT, CROP, DUMP, EXCERPT, UNTITLED, ANGLICISED, FED, INJURED, SPLICED, SPAMMED, DOORWAY = (
    0.25,
    0.25,
    0.15,
    0.08,
    0.05,
    0.12,
    0.3,
    0.15,
    0.08,
    0.3,
    0.03,
)
"""How often a copy is recombined, cropped, injured, spammed; the last are pages that are spam from end to end."""


def augment(pages: Sequence[LabelledPage], seed: int, copies: int) -> Iterator[LabelledPage]:
    """`copies` pages made of each page, in order: its body, in furniture of its own or of a page of its script."""
    seeds = [page for page in pages if page.seed]
    ingredients = Ingredients(adult_words(seeds), clauses_of(pages), latin_phrases(pages))
    # furniture is lent within a fold only, so that sites held back from a fit stay held back in its copies
    fold = folds([page.site for page in pages])
    peers: dict[tuple[int, str], list[LabelledPage]] = {}
    for number, page in zip(fold, pages, strict=True):
        peers.setdefault((number, page.facts.get("script", "")), []).append(page)
    for copy in range(copies):
        for number, page in zip(fold, pages, strict=True):
            rng = Random(f"{seed} {copy} {page.name}")
            lenders = peers[number, page.facts.get("script", "")]
            yield make_copy(page, lenders, ingredients, rng, copy)


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What is put into pages: `adult` words of the seeds' spam, `clauses` and `latin` phrases of the corpus."""

    adult: Sequence[str]
    clauses: Sequence[str]
    latin: Sequence[str]


def make_copy(
    page: LabelledPage, peers: Sequence[LabelledPage], ingredients: Ingredients, rng: Random, copy: int
) -> LabelledPage:
    """One copy of the page; `peers` lend their furniture."""
    lines, done = list(page.lines), []
    if rng.random() < TRANSPLANT:
        lines = transplant(lines, list(rng.choice(peers).lines), rng)
        done.append("transplant")
    for change, rate in ((dump, DUMP), (excerpt, EXCERPT), (crop, CROP), (without_title, UNTITLED)):
        if rng.random() < rate:
            lines = change(lines, rng)
            done.append(change.__name__)
    if rng.random() < ANGLICISED:
        lines = anglicise(lines, ingredients.latin, rng)
        done.append("anglicise")
    if rng.random() < FED:
        lines = feed(lines, peers, rng)
        done.append("feed")
    lines, changes = relayout(lines, rng)
    if not any(line.letter for line in lines):
        lines = list(page.lines)
    facts = dict(page.facts)
    # what moves characters would move them from under spans that stand in the page already
    if rng.random() < INJURED and not any(line.spans for line in lines):
        lines, injuries, steps = injure(lines, page.facts.get("script", ""), rng)
        done.extend(injuries)
        facts["undo"] = json.dumps([step[1:] for step in steps], ensure_ascii=False, separators=(",", ":"))
    own = {id(line) for line in lines}
    lines, planting = hijacked(lines, ingredients, rng)
    done.extend(planting)
    planted = [str(i) for i, line in enumerate(lines) if line.letter == "s" and id(line) not in own]
    facts |= {"made": " ".join((*done, *changes)), "planted": ",".join(planted)}
    return LabelledPage(f"{page.name}#{copy}", tuple(lines), facts)


def undone(page: LabelledPage) -> str:
    """The text of a made page before it was injured and anything was planted on it, doorway pages apart."""
    planted = {int(number) for number in page.facts.get("planted", "").split(",") if number}
    lines = []
    for number, line in enumerate(page.lines):
        if number not in planted:
            lines.append(replaced(line.text, 0, len(line.text), [("planted", *span, "") for span in line.spans]))
    text = "\n".join(lines)
    return apply(text, [Step("undo", *step) for step in json.loads(page.facts.get("undo", "[]"))])


def injure(lines: Lines, script: str, rng: Random) -> tuple[Lines, list[str], list[Step]]:
    """The page's own text as a hijack damages it, the names of what was done, and the steps that undo it; to be done
    before anything is planted.
    """
    text = "\n".join(line.text for line in lines)
    done: list[str] = []
    undo: list[Step] = []

    def did(name: str, injured: Injured) -> None:
        nonlocal text, undo
        undo = compose(injured[1], undo, text)
        text = injured[0]
        done.append(name)

    if script in ("simplified", "mixed-english"):
        did("to_traditional", to_traditional(text))
    if rng.random() < 0.5:
        did("readings", inject_readings(text, rng))
        if rng.random() < 0.5:
            did("bytes", damage_bytes(text, rng))
    for change, rate in ((double_commas, 0.1), (lose_fullwidth, 0.2), (lose_numerals, 0.2)):
        if rng.random() < rate:
            did(change.__name__, change(text))
    injured = [replace(line, text=new) for line, new in zip(lines, text.split("\n"), strict=True)]
    return [line if line.text.strip() else LabelledLine(line.text) for line in injured], done, undo


def hijacked(lines: Lines, ingredients: Ingredients, rng: Random) -> tuple[Lines, list[str]]:
    """The page as one hijacker or another leaves it, most often untouched, and the name of what was done."""
    draw = rng.random()
    if draw < SPLICED:
        return spliced(lines, campaign(rng, ingredients.adult, unseen=True), rng), ["splice"]
    if draw < SPLICED + SPAMMED:
        return plant(lines, campaign(rng, ingredients.adult), ingredients, rng), ["spam"]
    if draw < SPLICED + SPAMMED + DOORWAY:
        return doorway(lines, campaign(rng, ingredients.adult), ingredients, rng), ["doorway"]
    return lines, []


def plant(lines: Lines, c: Campaign, ingredients: Ingredients, rng: Random) -> Lines:
    """The page with spam at its head, its tail, between its lines and inside them."""
    low, high = span_of_body(lines)
    before, after = list(lines[:low]), list(lines[high:])
    inner = list(lines[low:high])
    if rng.random() < 0.45:
        inner = spliced(inner, c, rng)
    for rate, maker in ((0.3, block), (0.12, lambda c: filler(c, ingredients.clauses)), (0.2, promo)):
        if rng.random() < rate:
            for _ in range(rng.choice((1, 1, 2, 4))):
                at = rng.randint(0, len(inner))
                inner[at:at] = maker(c)
    if rng.random() < 0.6:
        before = [*(titles(c) if rng.random() < 0.6 else block(c)), *before]
    if rng.random() < 0.6:
        after = [*after, *block(c)] if rng.random() < 0.75 else [*block(c), *after]
    if rng.random() < 0.15:
        at = rng.randint(0, len(after))
        after[at:at] = links(c)
    return [*before, *inner, *after]


def spliced(lines: Lines, c: Campaign, rng: Random) -> Lines:
    """The lines with the campaign's brands inside few or most of those of body."""
    rate = rng.choice((0.1, 0.3, 0.8))
    return [splice(line, c) if _can_splice(line) and rng.random() < rate else line for line in lines]


def _can_splice(line: LabelledLine) -> bool:
    return line.letter == "b" and len(line.text) >= 8


def doorway(lines: Lines, c: Campaign, ingredients: Ingredients, rng: Random) -> Lines:
    """A page that is spam from end to end: titles, promotion and filler; now and then the site's furniture stays."""
    made = [*titles(c)]
    for _ in range(rng.randint(2, 8)):
        made.extend(rng.choice((promo, promo, block, lambda c: filler(c, ingredients.clauses)))(c))
    if rng.random() < 0.5:
        made.append(spam("titles", c.phrase()))
    low, high = span_of_body(lines)
    if rng.random() < 0.5:
        return [*lines[:low], *made, *lines[high:]]
    return made
