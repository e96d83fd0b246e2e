"""A whole run: inputs to parts, parts to workers, parts to outputs; with an end, a stop, or a death between."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from hansift.errors import HansiftError, InputError
from hansift.io import parquet
from hansift.io.files import STDIN, exists
from hansift.io.jsonl import dumps
from hansift.io.parts import Lot, lots, parts
from hansift.io.pool import Engine, Task, cores, ordered
from hansift.io.record import Fault, Source
from hansift.io.sink import STDOUT, check, copied, replacing
from hansift.io.sources import PAGES
from hansift.io.summary import Summary
from hansift.io.work import BETWEEN, Job
from hansift.io.workspace import Workspace, opened, place_of, unfinished

_SMALL = 1 << 20
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Extras:
    """The files written beside the output, None for none, and what to do with those of an earlier run.

    `progress` is told how many bytes of input are behind us.
    """

    removed: str | None = None
    errors: str | None = None
    summary: str | None = None
    resume: bool = False
    force: bool = False
    progress: Callable[[int], Any] = id

    @property
    def paths(self) -> list[str]:
        """The files that are wanted."""
        return [path for path in (self.removed, self.errors, self.summary) if path]


def run(found: list[Source | Fault], job: Job, extras: Extras, engine: Engine = ordered) -> Summary:
    """Cleans all inputs and says what came of it; the outputs take their names when they are whole.

    Finished parts are kept until then, so that a run with `resume` goes on from them. Raises UsageError for
    outputs that cannot be, InputError where errors are too many or a worker died.
    """
    sources = [item for item in found if isinstance(item, Source)]
    place = place_of(job.output)
    resume = extras.resume and unfinished(place)
    targets = check(job.output, sources, extras.paths, extras.force or extras.resume)
    summary = Summary(job.model, job.version, _workers(job, sources), files=len(found))
    if extras.resume and not resume and not extras.force and (there := [path for path in targets if exists(path)]):
        # the run to be resumed had come to its end, or these are somebody else's
        if len(there) < len(targets):
            raise InputError(f"{there[0]}: exists, and no parts of a run that made it; --force replaces it")
        if place is not None and exists(str(place)):
            with opened(place, job.digest, False, True):
                pass  # what that run left when it died over its clearing up goes now
        summary.finished = summary.before = True
        return summary
    with opened(place, job.digest, resume, extras.force) as space:
        job = replace(job, folder=space.folder, ahead=_text(job, sources) // summary.workers)
        _Run(job, extras, space, summary).go(found, engine)
    return summary


def _text(job: Job, sources: list[Source]) -> int:
    """The bytes of text in the inputs, or fewer: packed they count as they are, and HTML is hardly text."""
    return 0 if job.settings.html_key else sum(one.size for one in sources if one.form not in ("html", "warc"))


def _workers(job: Job, sources: list[Source]) -> int:
    """As many as told; by default one a core, and one alone for what it does before others would have started."""
    streams = any(source.path == STDIN and source.form not in PAGES for source in sources)
    small = sum(source.size for source in sources) < _SMALL and not streams
    return job.settings.workers or (1 if small else cores())


class _Run:
    def __init__(self, job: Job, extras: Extras, space: Workspace, summary: Summary) -> None:
        self.job, self.extras, self.space, self.summary = job, extras, space, summary
        self.lots: list[Lot] = []
        self.names: list[list[tuple[str, int]]] = []  # of each lot its parts, each with its number of lines
        self.printed = False
        self.sizes: dict[str, int] = {}  # of each part that is not yet taken, its bytes of input
        self.moving: dict[str, float] = {}  # and the share of it that is done

    def go(self, found: list[Source | Fault], engine: Engine) -> None:
        started = time.monotonic()
        sources = [item for item in found if isinstance(item, Source)]
        early = [item for item in found if isinstance(item, Fault)]
        self.summary.add({"counts": {"records.in": len(early), "records.rejected": len(early)}, "taken": {}})
        try:
            self._guard()
            for task in engine(self._tasks(sources), self.job, self.summary.workers, self._move):
                if task.name:
                    self._take(task)
                    self._guard()
                else:
                    self._close(task.lot)
                self.summary.bytes = task.done
                self.summary.seconds = time.monotonic() - started
                self._move(task.name)
            self._publish()
            self.summary.finished = True
        except HansiftError:
            self._report(early)
            raise
        self.summary.seconds = time.monotonic() - started
        self._report(early)

    def _guard(self) -> None:
        most = self.job.settings.max_errors
        if 0 <= most < self.summary.faults:
            raise InputError(
                f"stopped: {self.summary.faults} errors, more than --max-errors {most}; mend the input and start anew, "
                "or allow more and --resume"
            )

    def _tasks(self, sources: list[Source]) -> Iterator[Task]:
        behind = 0
        for number, lot in enumerate(lots(sources, self.job.settings)):
            self.lots.append(lot)
            self.names.append([])
            key = self.space.lot(lot)
            known = self.space.done(key)
            if known is not None and self._written(lot):
                yield from (Task(number, name, None, behind, kept=True) for name in known)
            else:
                before = 0
                for count, part in enumerate(parts(lot, self.job.settings)):
                    name = self.space.name(key, count, part)
                    self.sizes[name], before = part.done - before, part.done
                    again = self.space.kept(name)
                    yield Task(number, name, None if again else part, behind + part.done, again)
            behind += sum(source.size for source in lot)
            yield Task(number, "", None, behind)

    def _written(self, lot: Lot) -> bool:
        """Whether an input that is done still has the output of its own, if it has one."""
        return not self.job.output.folder or lot[0].form in PAGES or exists(self.job.output.target(lot[0]))

    def _move(self, name: str, share: float | None = None) -> None:
        """Tells how far the run has come; without a share the part is behind it."""
        if share is None:
            self.moving.pop(name, None)
            self.sizes.pop(name, None)
        else:
            self.moving[name] = share
        ahead = sum(share * self.sizes[name] for name, share in self.moving.items())
        self.extras.progress(self.summary.bytes + int(ahead))

    def _take(self, task: Task) -> None:
        """Counts a finished part in."""
        note = self.space.done(task.name)
        self.summary.add(note)
        self.summary.parts += 1
        self.summary.resumed += task.kept
        self.names[task.lot].append((task.name, note["lines"]))
        path = self.space.path(task.name, "out")
        if self.job.output.path == STDOUT and path.exists():
            out = sys.stdout.buffer
            out.write(BETWEEN.encode() if self.printed and self.job.output.form == "text" else b"")
            copied([path], out)
            out.flush()
            path.unlink()
            self.printed = True

    def _close(self, number: int) -> None:
        """Behind the last part of an input: writes its output, if it has one of its own."""
        lot, names = self.lots[number], [name for name, _ in self.names[number]]
        key, output = self.space.lot(lot), self.job.output
        if self.space.done(key) is None or not self._written(lot):
            if output.folder and lot[0].form not in PAGES:
                self._assemble(output.target(lot[0]), output.form_of(lot[0]), names, lot[0])
            self.space.close(key, names)
        if output.folder:
            self.space.drop(names, "out")

    def _assemble(self, path: str, form: str, names: list[str], like: Source | None) -> None:
        found = [part for name in names if (part := self.space.path(name, "out")).exists()]
        with replacing(path) as stream:
            if form == "parquet":
                parquet.joined(
                    [str(part) for part in found], like.path if like else None, stream, self.job.settings.text_key
                )
            else:
                copied(found, stream, BETWEEN.encode() if form == "text" else b"")

    def _publish(self) -> None:
        """Writes what holds the pages of all inputs."""
        names = [name for lot in self.names for name, _ in lot]
        output = self.job.output
        if output.path != STDOUT and not output.folder:
            like = next((lot[0] for lot in self.lots if lot[0].form == "parquet"), None)
            self._assemble(output.path, output.form, names, like)
        if self.extras.removed:
            with replacing(self.extras.removed) as stream:
                copied((self.space.path(name, "removed") for name in names), stream)

    def _report(self, early: list[Fault]) -> None:
        """Writes the errors so far and the summary."""
        self.summary.told = list(islice(self._faults(early), _TOLD))
        if self.extras.errors:
            with replacing(self.extras.errors) as stream:
                for fault in self._faults(early):
                    stream.write(dumps(fault.to_dict()) + b"\n")
        if self.extras.summary:
            with replacing(self.extras.summary) as stream:
                text = json.dumps(self.summary.to_dict(), ensure_ascii=False, indent=2)
                stream.write(f"{text}\n".encode())

    def _faults(self, early: list[Fault]) -> Iterator[Fault]:
        """All faults in order, their lines counted from the beginning of their file."""
        yield from early
        for names in self.names:
            above = 0
            for name, lines in names:
                path = self.space.path(name, "errors")
                if path.exists():
                    with path.open("rb") as rows:
                        yield from (Fault(**json.loads(row)).below(above) for row in rows)
                above += lines
