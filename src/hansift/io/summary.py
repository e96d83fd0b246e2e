"""What a run came to: counts that add up, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hansift.io.record import Fault

_MOST_NAMED = 1000
_SHOWN = 5


@dataclass(slots=True)
class Summary:
    """Counts by dotted name, and what files were taken for other than UTF-8.

    `records`, `lines` and `characters` each add up: in = out + rejected + dropped, in = kept + removed +
    blank; characters are those of the original pages, line breaks left out. `resumed` counts the parts of an
    earlier run, `told` holds the first faults. `before` says that a run to be resumed had come to its end.
    """

    model: str
    version: str
    workers: int = 1
    seconds: float = 0.0
    bytes: int = 0
    files: int = 0
    parts: int = 0
    resumed: int = 0
    finished: bool = False
    before: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    taken: dict[str, str] = field(default_factory=dict)
    told: list[Fault] = field(default_factory=list)

    def add(self, note: Mapping[str, Any]) -> None:
        """Counts a part in."""
        self.counts.update(note["counts"])
        if len(self.taken) < _MOST_NAMED:
            self.taken.update(note["taken"])

    @property
    def faults(self) -> int:
        """Records rejected, and places where files are damaged."""
        return self.counts["records.rejected"] + self.counts["damaged"]

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain values: dotted names become nested tables."""
        table: dict[str, Any] = {
            "records": dict.fromkeys(("in", "out", "rejected", "dropped", "empty"), 0),
            "lines": dict.fromkeys(("in", "kept", "removed", "blank"), 0),
            "characters": dict.fromkeys(("in", "kept", "removed", "blank"), 0),
            "labels": {},
            "cuts": 0,
            "damaged": 0,
            "pages": {"flagged": 0},
            "flags": {},
            "repairs": {},
        }
        for name, count in sorted(self.counts.items()):
            *path, last = name.split(".")
            here = table
            for step in path:
                here = here.setdefault(step, {})
            here[last] = count
        rate = self.bytes / self.seconds if self.seconds else 0.0
        return {
            "finished": self.finished, "files": self.files, **table, "encodings": self.taken,
            "parts": self.parts, "resumed": self.resumed, "workers": self.workers, "bytes": self.bytes,
            "seconds": round(self.seconds, 3), "bytes_per_second": round(rate),
            "model": self.model, "version": self.version,
        }  # fmt: skip

    def __str__(self) -> str:
        c = self.counts
        rate = self.bytes / self.seconds / 1e6 if self.seconds else 0.0
        records = (
            f"{c['records.out']} out, {c['records.rejected']} rejected, {c['records.dropped']} dropped; "
            f"{c['damaged']} places damaged"
        )
        labels = f"nav {c['labels.lines.nav']} lines, spam {c['labels.lines.spam']} lines, {c['cuts']} cuts"
        rows = [f"{self.files} files, {c['records.in']} records in: {records}"]
        for kind in ("lines", "characters"):
            parts = ", ".join(f"{c[f'{kind}.{part}']} {part}" for part in ("kept", "removed", "blank"))
            rows.append(f"{kind} {c[f'{kind}.in']} in: {parts}")
        rows.append(f"{labels}, {c['pages.flagged']} pages flagged")
        if repairs := [f"{name[8:]} {count}" for name, count in sorted(c.items()) if name.startswith("repairs.")]:
            rows.append(f"repairs: {', '.join(repairs)}")
        if self.taken:
            few = ", ".join(f"{name} as {encoding}" for name, encoding in list(self.taken.items())[:_SHOWN])
            more = len(self.taken) - _SHOWN
            rows.append(f"read {few}" + (f", and {more} more" if more > 0 else ""))
        kept = f", {self.resumed} of {self.parts} parts from before" if self.resumed else ""
        rows.append(f"{self.seconds:.1f} s, {rate:.1f} MB/s, {self.workers} workers{kept}")
        return "\n".join(rows)
