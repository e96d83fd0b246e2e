"""From inputs to parts: what one worker takes, and a resumed run keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hansift.errors import InputError
from hansift.io import jsonl, pages, parquet, warc
from hansift.io.encoding import guess_lines, known
from hansift.io.files import STDIN, open_bytes, said
from hansift.io.packing import unpacked
from hansift.io.record import Fault, Part, Record, Source
from hansift.io.settings import Settings
from hansift.io.sources import PAGES, find
from hansift.io.stream import Feed, in_utf8, lines

Lot = tuple[Source, ...]
"""One file of records, or a group of one-page files."""

_HEAD = 1 << 18
_MOST_FILES = 1024


def lots(sources: Iterable[Source], settings: Settings) -> Iterator[Lot]:
    """The inputs in their order, neighbours of one page each put together up to the size of a part."""
    group: list[Source] = []
    size = 0
    for source in sources:
        if source.form not in PAGES or source.path == STDIN:
            if group:
                yield tuple(group)
                group, size = [], 0
            yield (source,)
            continue
        group.append(source)
        size += source.size
        if size >= settings.part_size or len(group) == _MOST_FILES:
            yield tuple(group)
            group, size = [], 0
    if group:
        yield tuple(group)


def parts(lot: Lot, settings: Settings) -> Iterator[Part]:
    """The parts of a lot, in order; the same for the same input and settings."""
    source = lot[0]
    if source.form in PAGES:
        size = sum(one.size for one in lot)
        # only this process has the standard input
        data = open_bytes(STDIN).read(settings.max_record + 1) if source.path == STDIN else None
        yield Part(lot, 0, size, data, done=size)
        return
    try:
        if source.form == "parquet":
            yield from parquet.parts(source, settings)
        elif source.form == "jsonl" and not source.packing and source.path != STDIN:
            yield from _ranges(source, settings)
        else:
            yield from _stretches(source, settings)
    except OSError as error:
        yield _faulty(source, f"{said(error)}; check the path and its permissions")
    except InputError as error:
        yield _faulty(source, str(error))


def records(part: Part, settings: Settings) -> Iterator[Record | Fault]:
    """The records of a part, and a Fault in place of each that is bad; those met on the way to it come first."""
    yield from part.faults
    form = part.sources[0].form
    if part.end > part.start or form in PAGES:
        reader = {"jsonl": jsonl, "parquet": parquet, "warc": warc}.get(form, pages)
        yield from reader.records(part, settings)


def loaded(part: Part, settings: Settings) -> Part:
    """The part with the bytes that it is a range of; a Fault where the file has gone in the meantime."""
    if part.sources[0].form != "jsonl":
        return part
    try:
        return jsonl.loaded(part, settings)
    except OSError as error:
        fault = Fault(part.sources[0].shown, part.start, 1, f"{said(error)}; check the path", damage=True)
        return replace(part, data=b"", faults=(*part.faults, fault))


def lines_in(part: Part) -> int:
    """The lines of a loaded part, 0 where they do not count: what comes after it is counted on from there."""
    if part.sources[0].form != "jsonl" or not part.data:
        return 0
    return part.data.count(b"\n") + (not part.data.endswith(b"\n"))


def _faulty(source: Source, reason: str) -> Part:
    return Part((source,), 0, 0, b"", done=source.size, faults=(Fault(source.shown, 0, 1, reason, damage=True),))


def _ranges(source: Source, settings: Settings) -> Iterator[Part]:
    with open_bytes(source.path) as stream:
        head = stream.read(_HEAD)
    encoding = known(settings.encoding) if settings.encoding else guess_lines(head).encoding
    if encoding.startswith(("utf-16", "utf-32")):
        yield from _stretches(source, settings)
        return
    if not source.size:
        yield _faulty(source, "empty; nothing to clean, leave it out")
    for start in range(0, source.size, settings.part_size):
        end = min(start + settings.part_size, source.size)
        yield Part((source,), start, end, encoding=encoding, done=end)


def _stretches(source: Source, settings: Settings) -> Iterator[Part]:
    with open_bytes(source.path) as stream:
        feed = Feed(unpacked(stream, source.packing))
        encoding = "utf-8"
        if source.form == "jsonl":
            named = known(settings.encoding) if settings.encoding else None
            encoding = named or guess_lines(feed.peek(_HEAD)).encoding
            if encoding.startswith(("utf-16", "utf-32")):
                feed, encoding = Feed(in_utf8(feed.rest(), encoding)), "utf-8"
        if not feed.peek(1) and not feed.broken:
            yield _faulty(source, "empty; nothing to clean, leave it out")
            return
        more = True
        while more:
            yield from _unbroken(feed, source, encoding, settings)
            more = feed.mended()


def _unbroken(feed: Feed, source: Source, encoding: str, settings: Settings) -> Iterator[Part]:
    """The parts up to the next gap, with the damage met on the way."""
    if source.form == "warc":
        cut = warc.cut(feed, source, settings)
    else:
        cut = lines(feed, settings.part_size, settings.max_record)
    for item in cut:
        faults = [item] if isinstance(item, Fault) else []
        faults += [Fault(source.shown, where, 0, why, damage=True) for where, why, _ in feed.told()]
        start, data = (feed.position, b"") if isinstance(item, Fault) else item
        if data or faults:
            yield Part((source,), start, start + len(data), data, encoding, feed.consumed, tuple(faults))
    if left := feed.told():
        faults = [Fault(source.shown, where, 0, why, damage=True) for where, why, _ in left]
        yield Part((source,), feed.position, feed.position, b"", encoding, feed.consumed, tuple(faults))


def everything(paths: Iterable[str], settings: Settings) -> Iterator[Record | Fault]:
    """All records of the named inputs in their order, one process reading them; lines are counted from each file's
    beginning.
    """
    for item in find(paths, settings.format):
        if isinstance(item, Fault):
            yield item
            continue
        above = 0
        for cut in parts((item,), settings):
            part = loaded(cut, settings)
            for found in records(part, settings):
                yield found.below(above) if isinstance(found, Fault) else found
            above += lines_in(part)
