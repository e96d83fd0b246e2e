"""Rules that labelled data keeps, and what breaks them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hansift.corpus.labelled import LabelledPage, paths_in, read
from hansift.errors import DataError

SHINGLE = 8
NEAR_DUPLICATE = 0.02
"""Share of a page's shingles that may stand in another page."""
SAME_PAGE = 0.8
"""The share from which two pages of one site are the same page."""
SAME_MENU = 8
"""Consecutive menu lines that two pages may not share."""
ECHOES = ("browser", "crumb", "toc", "leftover")
"""Roles in which the site repeats the article's own words."""
DISTINCT_LENGTH = 12
"""Characters from which a line of one page cannot be body here and navigation there."""


def check(folder: Path, raw: Path | None = None) -> Iterator[str]:
    """What is wrong with the labelled pages below a folder, one message a fault; none when all is well.

    `raw` is the folder of the scraped pages that `seeds/*.lines` were labelled from, by default `seeds` beside it.
    """
    paths, loose = paths_in(folder)
    if not paths:
        yield f"{folder}: no .lines file; name a folder of labelled pages"
    raw = raw or folder.parent / "seeds"
    pages: list[LabelledPage] = []
    for path in (*paths, *loose):
        try:
            page = read(path)
        except DataError as error:
            yield str(error)
            continue
        if path in loose:
            yield from check_loose(page)
            continue
        pages.append(page)
        yield from check_page(page)
        source = raw / f"{path.stem}.txt"
        if path.parent.name == "seeds" and source.is_file():
            yield from check_source(page, source)
    yield from check_between(pages)


def check_loose(page: LabelledPage) -> Iterator[str]:
    """Faults of lines that stand in no page: one that stands there twice."""
    times = Counter(line.text.strip() for line in page.lines if line.letter)
    for text in sorted(text for text, number in times.items() if number > 1):
        yield f"{page.name}: {text[:20]!r} stands there {times[text]} times; once is enough"


def check_page(page: LabelledPage) -> Iterator[str]:
    """Faults of one page: no body where its facts do not say so, one line under two labels, a bad span."""
    body, none = any(line.letter == "b" for line in page.lines), page.facts.get("body") == "none"
    if not body and not none:
        yield f"{page.name}: no line is body; label the article's lines b, or say '#: body: none'"
    if body and none:
        yield f"{page.name}: has lines of body and says '#: body: none'; take that out"
    seen: dict[str, str] = {}
    for number, line in enumerate(page.lines, 1):
        text = line.text.strip()
        judged = line.letter and len(text) >= DISTINCT_LENGTH and line.role not in ECHOES
        if judged and seen.setdefault(text, line.letter) != line.letter:
            yield f"{page.name}: line {number} is both {seen[text]} and {line.letter}: {text[:30]!r}; settle on one"
        for start, end in line.spans:
            if not 0 <= start < end <= len(line.text):
                yield f"{page.name}: line {number}: span {start}-{end} is outside the line"


def check_source(page: LabelledPage, source: Path) -> Iterator[str]:
    """Where a labelled page is not its scraped page, line by line."""
    real = source.read_bytes().decode("utf-8").split("\n")
    mine = [line.text for line in page.lines]
    for number, (ours, theirs) in enumerate(zip(mine, real, strict=False), 1):
        if ours != theirs:
            yield f"{page.name}: line {number} is not in its page {source.name}: {ours[:30]!r}; copy it as it stands"
            return
    if len(mine) != len(real):
        yield f"{page.name}: {len(mine)} lines, {source.name} has {len(real)}; label every line"


def shingles(page: LabelledPage) -> set[int]:
    """The page's runs of eight characters, blanks left out, as hashes that only this process understands."""
    text = "".join(page.text.split())
    return {hash(text[i : i + SHINGLE]) for i in range(len(text) - SHINGLE + 1)}


def check_between(pages: Sequence[LabelledPage]) -> Iterator[str]:
    """Faults between pages, those of one site apart: near-duplicates, and menus used twice."""
    pages = [page for page in pages if "seeds" not in Path(page.name).parts[:-1]]
    holders: dict[int, list[int]] = defaultdict(list)
    sets = [shingles(page) for page in pages]
    for number, found in enumerate(sets):
        for shingle in found:
            holders[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= 20:
            shared.update((a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :])
    for (a, b), count in sorted(shared.items()):
        share = count / max(1, min(len(sets[a]), len(sets[b])))
        if share > (NEAR_DUPLICATE if pages[a].site != pages[b].site else SAME_PAGE):
            yield f"{pages[b].name}: {share:.1%} of it stands in {pages[a].name} too; rewrite one"
    yield from _menus(pages)


def _menus(pages: Iterable[LabelledPage]) -> Iterator[str]:
    first: dict[tuple[str, ...], LabelledPage] = {}
    for page in pages:
        menu = [line.text.strip() for line in page.lines if line.role in ("menu", "footer")]
        windows = {tuple(menu[i : i + SAME_MENU]) for i in range(len(menu) - SAME_MENU + 1)}
        for window in sorted(windows):
            other = first.setdefault(window, page)
            if other.site != page.site:
                yield f"{page.name}: the menu {' '.join(window)[:40]!r} is also that of {other.name}; write its own"
                break
