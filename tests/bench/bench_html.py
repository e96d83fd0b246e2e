"""How fast HTML goes through, by stage: `python tests/bench/bench_html.py [GOLD.jsonl ...]`.

Takes the `html` of the files' rows, or without files the labelled corpus written as HTML. Prints MB/s of HTML, the
best of some rounds in turn on one core: each stage by itself, the way of batch cleaning from JSONL to JSONL, and
`clean` page by page. `first met` forgets what is remembered of tags before each page.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path
from time import process_time

from hansift import Cleaner
from hansift.cleaner import Verdicts, batches
from hansift.corpus.labelled import read_folder
from hansift.corpus.render import rendered
from hansift.io import jsonl
from hansift.io.outcome import outcome_of
from hansift.io.record import Part, Record, Source
from hansift.io.settings import Settings
from hansift.io.work import accepted
from hansift.text.html.tags import TAGS
from hansift.text.html.walk import KNOWN, extract

ROUNDS = 9
SETTINGS = Settings(html_key="html")


def pages_of(paths: Sequence[str]) -> list[str]:
    """The HTML of the files' rows, or of the corpus."""
    if not paths:
        return [html for _, html in rendered(list(read_folder(Path(__file__).parents[2] / "data" / "pages")), 0, 1)]
    rows = (json.loads(row) for path in paths for row in Path(path).read_text("utf-8").split("\n") if row)
    return [row["html"] for row in rows if row.get("html")]


def first_met(html: str) -> None:
    """A page of which no tag was met before."""
    KNOWN.forget()
    TAGS.clear()
    extract(html)


def part_of(pages: Sequence[str]) -> Part:
    """The pages as a part of a JSONL file."""
    rows = ({"id": number, "html": html} for number, html in enumerate(pages))
    data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    return Part((Source("pages", "pages", "jsonl"),), 0, len(data), data=data)


def read_part(part: Part) -> list[list[Record]]:
    """The pages as batch cleaning reads them from JSONL."""
    return list(batches(accepted(jsonl.records(part, SETTINGS), print), attrgetter("text")))


def written(records: Sequence[Record], verdicts: Verdicts) -> bytes:
    """What batch cleaning writes of a batch."""
    texts = outcome_of(verdicts).texts
    return b"".join(jsonl.encoded(*pair, SETTINGS) for pair in zip(records, texts, strict=True))


def main(paths: Sequence[str]) -> None:
    """Prints a line a stage."""
    pages = pages_of(paths)
    size = sum(len(html.encode()) for html in pages) / 1e6
    cleaner = Cleaner()
    part = part_of(pages)
    read = read_part(part)
    judged = [cleaner.verdicts([record.page for record in batch]) for batch in read]
    works: dict[str, Callable[[], object]] = {
        "lines and markup": lambda: [extract(html) for html in pages],
        "read JSONL, with lines and markup": lambda: read_part(part),
        "judge": lambda: [cleaner.verdicts([record.page for record in batch]) for batch in read],
        "write JSONL": lambda: [written(*pair) for pair in zip(read, judged, strict=True)],
        "batch cleaning, JSONL to JSONL": lambda: [
            written(batch, cleaner.verdicts([record.page for record in batch])) for batch in read_part(part)
        ],
        "Cleaner.pipe": lambda: [result.text for result in cleaner.pipe(map(extract, pages))],
        "clean(html=...), page by page": lambda: [cleaner(html=html).text for html in pages],
        "lines and markup, first met": lambda: [first_met(html) for html in pages],
    }
    seconds: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = process_time()
            work()
            seconds[name] = min(seconds.get(name, float("inf")), process_time() - start)
    print(f"{len(pages)} pages, {size:.1f} MB of HTML; MB/s on one core")
    for name, taken in seconds.items():
        print(f"{name:36} {size / taken:8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
