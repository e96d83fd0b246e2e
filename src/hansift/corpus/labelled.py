"""Labelled pages and their `.lines` files: a letter, a role, a tab, and the line as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hansift.errors import DataError
from hansift.page import LABELS, Label

LETTERS: dict[str, Label] = {label.value[0]: label for label in LABELS}
ROLES: dict[str, tuple[str, ...]] = {
    "b": tuple("title subhead lead para item row caption quote code verse dialogue post reply qa sign".split()),
    "n": tuple(
        "menu crumb byline tool panel toc tag pager related teaser comment ad notice footer browser leftover".split()
    ),
    "s": tuple("titles pool links promo filler debris".split()),
}


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line with its truth: `letter` b, n or s, or empty for a blank line; `spans` are ranges of planted text."""

    text: str
    letter: str = ""
    role: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page whose lines are labelled; `facts` are its site, kind, script, era and injury.

    Where only its main text is known that is `gold`, and no line has a letter. `html` is there where it came so.
    """

    name: str
    lines: tuple[LabelledLine, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    gold: str | None = None
    html: str | None = None

    @property
    def text(self) -> str:
        """The page as a scraper gave it."""
        return "\n".join(line.text for line in self.lines)

    @property
    def site(self) -> str:
        """The page's site, by which folds are made; its name where no site is given."""
        return self.facts.get("site", self.name)

    @property
    def seed(self) -> bool:
        """Whether it is one of the real pages that the project started from, in a folder `seeds`."""
        return "seeds" in self.name.split("/")[:-1]


def parse_row(row: str, where: str) -> LabelledLine:
    r"""The labelled line that a row of a `.lines` file holds.

    Raises DataError, naming the place, for a row without a tab, a letter or a role that is not known, or a label
    on a blank line.

    >>> parse_row("n:menu\t首页", "x.lines:1").role
    'menu'
    """
    if not row.strip():
        return LabelledLine(row)
    head, tab, text = row.partition("\t")
    letter, *rest = head.split(":")
    role = rest[0] if rest else ""
    if not tab:
        raise DataError(f"{where}: no tab in {row[:20]!r}; write a label, a tab, the line")
    if letter not in LETTERS:
        raise DataError(f"{where}: {head!r} is no label; use b, n or s")
    if role and role not in ROLES[letter]:
        raise DataError(f"{where}: {role!r} is no role of {letter!r}; use one of {', '.join(ROLES[letter])}")
    if not text.strip():
        raise DataError(f"{where}: a blank line carries no label; leave the row empty")
    spans: tuple[tuple[int, int], ...] = ()
    if len(rest) > 1:
        if not re.fullmatch(r"\d+-\d+(,\d+-\d+)*", rest[1]):
            raise DataError(f"{where}: {rest[1]!r} is no list of spans; write first-last, as in b:para:3-9,14-20")
        spans = tuple((int(a), int(b)) for a, _, b in (span.partition("-") for span in rest[1].split(",")))
    return LabelledLine(text, letter, role, spans)


def parse(content: str, name: str) -> LabelledPage:
    """The page in the content of a `.lines` file; raises DataError with the row's number."""
    rows = content.removesuffix("\n").split("\n")
    facts: dict[str, str] = {}
    top = 0
    while top < len(rows) and rows[top].startswith("#:"):
        key, colon, value = rows[top][2:].partition(":")
        if not colon:
            raise DataError(f"{name}:{top + 1}: a fact is written '#: key: value'")
        facts[key.strip()] = value.strip()
        top += 1
    lines = tuple(parse_row(row, f"{name}:{top + 1 + i}") for i, row in enumerate(rows[top:]))
    return LabelledPage(name, lines, facts)


def serialize(page: LabelledPage) -> str:
    """The content of the page's `.lines` file; `parse` reads it back."""
    rows = [f"#: {key}: {value}" for key, value in page.facts.items()]
    for line in page.lines:
        spans = ",".join(f"{start}-{end}" for start, end in line.spans)
        head = ":".join(filter(None, (line.letter, line.role or (spans and "para"), spans)))
        rows.append(f"{head}\t{line.text}" if head else line.text)
    return "\n".join(rows) + "\n"


def read(path: Path, name: str | None = None) -> LabelledPage:
    """The page in a `.lines` file, called by `name` or by its path.

    Raises DataError for a file that is not UTF-8 or breaks the format.
    """
    try:
        content = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}; check the path") from error
    page = parse(content, str(path))
    return replace(page, name=name) if name else page


LOOSE = "loose"
"""The folder of labelled lines that stand in no page."""


def paths_in(folder: Path) -> tuple[list[Path], list[Path]]:
    """The `.lines` files of pages below the folder, and those of lines that stand in no page, by their names."""
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*.lines"))
    loose = [path for path in paths if LOOSE in path.relative_to(folder).parts[:-1]]
    return [path for path in paths if path not in loose], loose


def read_folder(folder: Path) -> Iterator[LabelledPage]:
    """The pages of every `.lines` file below the folder, in the order of their names, by which they are called; none of
    a folder LOOSE.
    """
    paths, _ = paths_in(folder)
    if not paths:
        raise DataError(f"{folder}: no .lines file; name a folder of labelled pages")
    for path in paths:
        yield read(path, path.relative_to(folder).as_posix() if path != folder else path.name)


def read_loose(folder: Path) -> Iterator[LabelledPage]:
    """The labelled lines of the folders LOOSE below the folder, each as a page, and a site, of its own."""
    for path in paths_in(folder)[1]:
        page = read(path, path.relative_to(folder).as_posix())
        for number, line in enumerate(page.lines, 1):
            if line.letter:
                yield LabelledPage(f"{page.name}:{number}", (line,))
