"""The cleaning function and the object behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from hansift.errors import UsageError
from hansift.model.decode import POLICIES
from hansift.model.file import load
from hansift.model.judge import BLANK, Judged, judge
from hansift.model.linear import Model
from hansift.page import LABELS, Line, Result, Scores
from hansift.text.split import offsets

BATCH = 256
"""Pages judged in one go: twice as fast as one a call."""


class Cleaner:
    """Labels the lines of pages and gives back their body.

    `model` is a model, the path of one, or None for the packaged one. `policy` is which side to err on: `precision`
    leaves the least noise, `recall` loses the least body. Raises ModelError for a model that cannot be read and
    UsageError for a policy that is not known.

    >>> Cleaner()("").text
    ''
    """

    def __init__(self, model: Model | str | Path | None = None, policy: str = "balanced") -> None:
        if policy not in POLICIES:
            raise UsageError(f"policy {policy!r} is not known; use one of {', '.join(POLICIES)}")
        self.model = model if isinstance(model, Model) else load(model)
        self.policy = policy

    def __call__(self, text: str) -> Result:
        """The page judged line by line."""
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str]) -> Iterator[Result]:
        """The results of the pages in their order, judged in batches as they come."""
        source = iter(texts)
        while batch := list(islice(source, BATCH)):
            judged = judge(self.model, batch, self.policy)
            yield from (result_of(text, judged, page) for page, text in enumerate(batch))


def result_of(text: str, judged: Judged, page: int) -> Result:
    """The result of page number `page` of a judged batch, whose text this is."""
    low, high = judged.first[page], judged.first[page + 1]
    start, stop = judged.index.searchsorted((low, high))
    said = dict(zip((judged.index[start:stop] - low).tolist(), range(start, stop), strict=True))
    lines = []
    for number, (begin, end) in enumerate(offsets(text)):
        label = int(judged.labels[low + number])
        if label == BLANK:
            lines.append(Line(number, begin, end, text[begin:end]))
        else:
            row = said[number]
            scores, alone = _scores(judged.scores[row].tolist()), _scores(judged.alone[row].tolist())
            lines.append(Line(number, begin, end, text[begin:end], LABELS[label], scores, alone))
    return Result(text, tuple(lines))


def _scores(row: Sequence[float]) -> Scores:
    body, nav, spam = row
    return body, nav, spam


@cache
def _default() -> Cleaner:
    return Cleaner()


def clean(text: str) -> str:
    """The body of a page, by the packaged model: its lines without navigation and spam.

    >>> clean("")
    ''
    """
    return _default()(text).text
