"""The cleaning function and the object behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hansift.errors import ModelError, UsageError
from hansift.features.batch import batch_of
from hansift.model.cut import find_cuts
from hansift.model.decode import POLICIES, Policy
from hansift.model.file import load
from hansift.model.flags import flags_of
from hansift.model.judge import BLANK, Judged, judge, spans_of
from hansift.model.linear import Model
from hansift.page import LABELS, Cut, Line, Result, Scores
from hansift.text.html import Extracted, Markup
from hansift.text.restore import Restored, restore
from hansift.text.split import offsets

PAGES, CHARACTERS = 1 << 10, 1 << 20
"""Pages and characters judged in one go, at most: each call of numpy costs as much for a few lines as for a thousand,
and memory is some 200 bytes a character.
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a batch of p pages came to, before any Line is built.

    `pages` (p) are the texts as they were judged, each with its original and the repairs between the two; `judged`
    speaks of their lines; `cuts` (p) are spans in lines of the judged texts; `flags` (p); `markups` (p) are what was
    given, None for a text.
    """

    pages: Sequence[Restored]
    judged: Judged
    cuts: Sequence[Sequence[Cut]]
    flags: Sequence[Sequence[str]]
    markups: Sequence[Markup | None] = ()


class Cleaner:
    """Labels the lines of pages and gives back their body.

    `model` is a model, the path of one, or None for the packaged one. `policy` is which side to err on: `precision`
    leaves the least noise, `recall` loses the least body. Lines are judged after what a hijack did to their characters
    is undone; `restore=False` gives what is kept in the original characters all the same. A page in HTML is judged by
    its markup too, by the same model; with `markup=False` by its text alone. Raises ModelError for a
    model that cannot be read and UsageError for a policy that is not known.

    >>> Cleaner()("").text
    ''
    """

    def __init__(
        self, model: Model | str | Path | None = None, policy: Policy = "balanced", *,
        restore: bool = True, markup: bool = True,
    ) -> None:  # fmt: skip
        if policy not in POLICIES:
            raise UsageError(f"policy {policy!r} is not known; use one of {', '.join(POLICIES)}")
        self.packaged = model is None
        self.model = model if isinstance(model, Model) else load(model)
        self.policy = policy
        self.restore = restore
        self.markup = markup

    def __call__(self, text: str = "", *, html: str | bytes | None = None) -> Result:
        """The page judged line by line: a text, or HTML, whose lines are those that the walk over it gives.

        Raises InputError for bytes that fit no encoding.
        """
        return next(self.pipe([text if html is None else extracted(html)]))

    def __reduce__(self) -> tuple[Any, ...]:
        """How workers get a cleaner: the packaged model by its digest, any other with its numbers, some 2 MB."""
        model = self.model.header["digest"] if self.packaged else self.model
        return received, (model, self.policy, self.restore, self.markup)

    def verdicts(self, given: Sequence[str | Extracted]) -> Verdicts:
        """The verdicts on one batch of pages: what batch cleaning works from, where a Result a page costs too much."""
        markups = [page.markup if isinstance(page, Extracted) and self.markup else None for page in given]
        pages = [restore(text_of(page)) for page in given]
        judged = judge(self.model, [page.text for page in pages], self.policy, markups)
        cuts = cuts_of(self.model, pages, judged)
        if not self.restore:
            cuts = [original_cuts(page, own) for page, own in zip(pages, cuts, strict=True)]
            pages = [Restored(page.original, page.original, ()) for page in pages]
            texts = [page.text for page in pages]
            judged = replace(judged, spans=spans_of(batch_of(texts)))
        return Verdicts(pages, judged, cuts, flags_of(judged), markups)

    def pipe(self, pages: Iterable[str | Extracted]) -> Iterator[Result]:
        """The results of the pages in their order, judged in batches as they come; `hansift.io.html.read_html` makes
        of HTML what can stand here beside texts.
        """
        for verdicts in self.in_batches(pages):
            yield from (result_of(verdicts, page) for page in range(len(verdicts.pages)))

    def in_batches(self, pages: Iterable[str | Extracted]) -> Iterator[Verdicts]:
        """The verdicts on the pages in their order, a batch at a time as they come."""
        return map(self.verdicts, batches(pages, text_of))


def batches(items: Iterable[T], text: Callable[[T], str]) -> Iterator[list[T]]:
    """The items, each with the `text` of a page, in lists of at most PAGES pages and CHARACTERS characters; a page that
    has more stands alone.
    """
    batch: list[T] = []
    size = 0
    for item in items:
        length = len(text(item))
        if batch and size + length > CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
        if len(batch) == PAGES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def text_of(page: str | Extracted) -> str:
    """The text of a page."""
    return page.text if isinstance(page, Extracted) else page


def cuts_of(model: Model, pages: Sequence[Restored], judged: Judged) -> list[list[Cut]]:
    """The cuts of each page, in characters of the judged lines; a cut takes no part of what a repair put in."""
    found = find_cuts(model, judged, [page.text for page in pages])
    return [clear_of_repairs(page, cuts) for page, cuts in zip(pages, found, strict=True)]


def clear_of_repairs(page: Restored, cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts, drawn in where one begins or ends within a repair: so each has exact bounds in the original too."""
    if not page.steps or not cuts:
        return list(cuts)
    begin = [start for start, _ in offsets(page.text)]
    drawn = []
    for line, start, end in ((cut.line, cut.start, cut.end) for cut in cuts):
        low, high = page.clear(begin[line] + start), page.clear(begin[line] + end, back=True)
        if low < high:
            drawn.append(Cut(line, low - begin[line], high - begin[line]))
    return drawn


def original_cuts(page: Restored, cuts: Sequence[Cut]) -> list[Cut]:
    """Cuts in lines of a restored text as cuts in the same lines of its original."""
    if not page.steps or not cuts:
        return list(cuts)
    here, there = offsets(page.text), offsets(page.original)
    found = []
    for cut in cuts:
        start, low = here[cut.line][0], there[cut.line][0]
        begin, end = (page.to_original(start + at) - low for at in (cut.start, cut.end))
        found.append(Cut(cut.line, max(begin, 0), end))
    return found


def result_of(verdicts: Verdicts, page: int) -> Result:
    """The result of page number `page` of a batch."""
    judged, source = verdicts.judged, verdicts.pages[page]
    low, high = judged.first[page], judged.first[page + 1]
    start, stop = judged.index.searchsorted((low, high))
    rows = slice(start, stop)
    scored = iter(zip(judged.scores[rows].tolist(), judged.alone(rows).tolist(), strict=True))
    labels = judged.labels[low:high].tolist()
    lines, markup = [], verdicts.markups[page] if verdicts.markups else None
    for number, (text, (begin, end)) in enumerate(zip(source.text.split("\n"), offsets(source.original), strict=True)):
        if labels[number] == BLANK:
            lines.append(Line(number, begin, end, text))
        else:
            scores, alone = map(_scores, next(scored))
            marks = markup.marks(number) if markup else None
            lines.append(Line(number, begin, end, text, LABELS[labels[number]], scores, alone, marks))
    cuts = original_cuts(source, verdicts.cuts[page])
    return Result(
        source.original, tuple(lines), tuple(cuts), tuple(verdicts.flags[page]), source.steps, judged.heard(page)
    )


def _scores(row: Sequence[float]) -> Scores:
    body, nav, spam = row
    return body, nav, spam


def received(model: Model | str, policy: Policy, restore: bool, markup: bool) -> Cleaner:
    """The cleaner that another process sent; raises ModelError where `model` is not this one's packaged digest."""
    cleaner = Cleaner(model if isinstance(model, Model) else None, policy, restore=restore, markup=markup)
    if cleaner.packaged and cleaner.model.header["digest"] != model:
        raise ModelError(
            f"the packaged model here is not the sender's (digest {str(model)[:12]}); "
            "install the same version of hansift on all machines, or name a model file"
        )
    return cleaner


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(text: str = "", *, html: str | bytes | None = None) -> str:
    """The body of a page, by the packaged model: its lines without navigation and spam.

    A page in HTML is given as `html`; its bytes are decoded by what they declare, and its markup is heard. Raises
    InputError for bytes that fit no encoding.

    >>> clean("")
    ''
    """
    return _default()(text, html=html).text


def extracted(html: str | bytes) -> Extracted:
    """A page's lines and markup; the reader of bytes is loaded when it is needed."""
    from hansift.io.html import read_html

    return read_html(html)
