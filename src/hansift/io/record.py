"""What readers give: records, and faults in place of what cannot be read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from hansift.errors import InputError
from hansift.text.html import Extracted, Markup


@dataclass(frozen=True, slots=True)
class Record:
    """One page to read.

    `byte` is where it begins in its file once decompressed (in Parquet its row), `line` its number in its
    part, from 1; `encoding` is what its bytes were taken for. `around` is the JSON before and after that of
    the text, in UTF-8, `row` the Arrow batch and the row in it: what a writer in kind needs to pass the other fields on
    untouched. `raw` are a file's bytes where its text and encoding do not give them again. `markup` is there where
    the page came as HTML.
    """

    id: str
    text: str
    file: str
    byte: int = 0
    line: int = 1
    url: str | None = None
    encoding: str = "utf-8"
    around: tuple[bytes, bytes] | None = None
    row: tuple[Any, int] | None = None
    raw: bytes | None = None
    markup: Markup | None = None

    @property
    def page(self) -> str | Extracted:
        """What is judged: the text, with its markup where it came as HTML."""
        return self.text if self.markup is None else Extracted(self.text, self.markup)


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that is rejected, or (`damage`) the place from which on a file cannot be read.

    `byte` is as in Record, and a byte of the packed file for damage to that; `unit` is "row" in Parquet. `line` is 0
    where lines do not count.
    """

    file: str
    byte: int
    line: int
    reason: str
    damage: bool = False
    unit: str = "byte"

    def below(self, lines: int) -> Fault:
        """The same fault with that many lines before its part."""
        return replace(self, line=self.line and self.line + lines)

    def to_dict(self) -> dict[str, Any]:
        """The fault as a row of the errors file."""
        return asdict(self)

    def to_error(self) -> InputError:
        """The fault as an error that can be raised or printed."""
        return InputError(str(self))

    def __str__(self) -> str:
        place = ""
        if not self.line:
            place = f", {self.unit} {self.byte}"
        elif self.line > 1 or self.byte:
            place = f", line {self.line} ({self.unit} {self.byte})"
        return f"{self.file}{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Source:
    """One input: `path` opens it, `name` is its place below an output folder.

    `form` is text, html, jsonl, parquet or warc; `packing` is "", gzip or zstd; `size` in bytes is 0 where it
    cannot be known; `stamp` changes when the file does.
    """

    path: str
    name: str
    form: str
    packing: str = ""
    size: int = 0
    stamp: str = ""

    @property
    def shown(self) -> str:
        """The path as it can be printed: file names may hold bytes that are no text."""
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Part:
    """What one worker cleans in one go: the unit that a resumed run keeps.

    `start` and `end` are bytes of the (decompressed) file, rows in Parquet, bytes in all for a group of
    one-page files, of which there may be many in `sources`. `data` holds the bytes where only their order in
    a stream gives them; `done` is how many bytes of input are behind this part; `faults` were met on the way.
    """

    sources: tuple[Source, ...]
    start: int
    end: int
    data: bytes | None = None
    encoding: str = "utf-8"
    done: int = 0
    faults: tuple[Fault, ...] = ()
