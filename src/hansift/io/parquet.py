"""Parquet: rows in, the same rows out with their text cleaned."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from hansift.errors import InputError, UsageError
from hansift.io.files import STDIN, open_bytes
from hansift.io.html import read_html
from hansift.io.jsonl import fault_of
from hansift.io.record import Fault, Part, Record, Source
from hansift.io.settings import Settings

_ROWS = 256
# Rows before a part are read and thrown away, so a row group is cut into few parts.
_CUTS = 16


def _pyarrow(path: str) -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(f"{path}: Parquet needs pyarrow; pip install 'hansift[parquet]'") from error
    return pyarrow, pyarrow.parquet


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    """The file for reading; raises InputError for one that is not Parquet."""
    pyarrow, parquet = _pyarrow(path)
    if path == STDIN:
        raise InputError("Parquet is not read from standard input, for it is read from its end; name the file")
    with open_bytes(path) as stream:
        try:
            file = parquet.ParquetFile(stream, page_checksum_verification=True)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise InputError(f"not Parquet, or damaged ({_first(error)}); fetch it again") from error
        with file:
            yield file


def parts(source: Source, settings: Settings) -> Iterator[Part]:
    """The parts of a file: row groups, and stretches of a large one. Raises InputError for a damaged footer."""
    pyarrow, _ = _pyarrow(source.path)
    with _opened(source.path) as file:
        about = file.metadata
        groups = [about.row_group(number) for number in range(about.num_row_groups)]
        if about.num_rows != sum(group.num_rows for group in groups):
            raise InputError("damaged: its row groups do not add up to its rows; fetch it again")
        names = [file.schema_arrow.field(number).name for number in range(len(file.schema_arrow.names))]
        wanted, kind = (settings.html_key, "html") if settings.html_key else (settings.text_key, "text")
        if wanted not in names:
            raise InputError(f"no column {wanted!r}; name one of {', '.join(names)} with --{kind}-key")
        kept = file.schema_arrow.field(settings.text_key).type if settings.text_key in names else pyarrow.string()
        if not (pyarrow.types.is_string(kept) or pyarrow.types.is_large_string(kept)):
            raise InputError(f"column {settings.text_key!r} holds {kept}, no text; name another with --text-key")
    start = 0
    for group in groups:
        cuts = max(1, min(_CUTS, group.num_rows, group.total_byte_size // settings.part_size))
        edges = [start + group.num_rows * number // cuts for number in range(cuts + 1)]
        for low, high in pairwise(edges):
            yield Part((source,), low, high, done=source.size * high // max(about.num_rows, 1))
        start += group.num_rows


def records(part: Part, settings: Settings) -> Iterator[Record | Fault]:
    """The records of a part's rows, a Fault in place of each that has no text, or where the file is damaged."""
    source = part.sources[0]
    pyarrow, _ = _pyarrow(source.path)
    row = part.start
    try:
        with _opened(source.path) as file:
            for batch in _batches(file, part):
                yield from _of_batch(batch, row, source, settings)
                row += batch.num_rows
    except (pyarrow.ArrowException, OSError, ValueError, InputError) as error:
        yield _fault(source, row, f"damaged Parquet ({_first(error)}); fetch it again", damage=True)
        return
    if row != part.end:
        yield _fault(source, row, f"the rows up to {part.end} are missing; fetch it again", damage=True)


def _fault(source: Source, row: int, reason: str, damage: bool = False) -> Fault:
    return Fault(source.shown, row, 0, reason, damage, "row")


def _batches(file: Any, part: Part) -> Iterator[Any]:
    first = 0
    for number in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(number).num_rows
        if first <= part.start < first + rows:
            break
        first += rows
    else:
        return
    for batch in file.iter_batches(_ROWS, row_groups=[number], use_threads=False):
        low, high = max(part.start - first, 0), min(part.end - first, batch.num_rows)
        if low < high:
            yield batch.slice(low, high - low)
        first += batch.num_rows
        if first >= part.end:
            return


def _of_batch(batch: Any, first: int, source: Source, settings: Settings) -> Iterator[Record | Fault]:
    names = batch.schema.names
    wanted = settings.html_key or settings.text_key
    texts = batch.column(wanted)
    ids, urls = (batch.column(key) if key in names else None for key in (settings.id_key, settings.url_key))
    for number in range(batch.num_rows):
        try:
            text = texts[number].as_py()
            name, url = (str(column[number].as_py()) if column is not None else None for column in (ids, urls))
        except UnicodeDecodeError as error:
            yield _fault(source, first + number, f"not UTF-8 at byte {error.start} of a value")
            continue
        if settings.html_key and isinstance(text, str):
            text = text.replace("\0", "")
        fault = fault_of(text) if isinstance(text, str) else "is null or not text; leave the row out"
        if fault:
            yield _fault(source, first + number, f"{wanted!r} {fault}")
        elif len(text) > settings.max_record:
            yield _fault(source, first + number, "too long; raise --max-record to take it")
        else:
            identity = name or f"{source.shown}@{first + number}"
            page = read_html(text) if settings.html_key else None
            text, markup = (page.text, page.markup) if page else (text, None)
            yield Record(identity, text, source.shown, first + number, url=url, row=(batch, number), markup=markup)


class Writer:
    """Collects cleaned rows; `close` gives them as one Parquet file, its columns as they came, behind them that of the
    texts where there was none.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.done: list[Any] = []
        self.batch: Any = None
        self.rows: list[int] = []
        self.texts: list[str] = []

    def add(self, record: Record, text: str) -> None:
        """Takes the next row. Raises UsageError for a record that did not come out of Parquet."""
        if record.row is None:
            raise UsageError("Parquet is written from Parquet alone; name an output that ends in .jsonl")
        batch, row = record.row
        if batch is not self.batch:
            self._flush()
            self.batch = batch
        self.rows.append(row)
        self.texts.append(text)

    def _flush(self) -> None:
        if not self.rows:
            return
        pyarrow, _ = _pyarrow("output")
        schema = with_texts(self.batch.schema, self.settings.text_key)
        column = schema.get_field_index(self.settings.text_key)
        columns = self.batch.take(pyarrow.array(self.rows)).columns
        columns[column : column + 1] = [pyarrow.array(self.texts).cast(schema.field(column).type)]
        self.done.append(pyarrow.RecordBatch.from_arrays(columns, schema=schema))
        self.rows, self.texts = [], []

    def close(self) -> bytes:
        """The file's bytes; none for no rows."""
        self._flush()
        if not self.done:
            return b""
        pyarrow, parquet = _pyarrow("output")
        sink = io.BytesIO()
        parquet.write_table(pyarrow.Table.from_batches(self.done), sink, compression="zstd")
        return sink.getvalue()


def with_texts(schema: Any, key: str) -> Any:
    """The columns with one for the cleaned texts, the last where there is none of that name."""
    pyarrow, _ = _pyarrow("output")
    return schema if key in schema.names else schema.append(pyarrow.field(key, pyarrow.string()))


def joined(paths: list[str], like: str | None, stream: Any, key: str) -> None:
    """Writes the part files as one Parquet file, a row group each; `like` is an input that gives the columns, `key` the
    name of that of the texts.

    Raises UsageError for inputs whose columns differ.
    """
    _, parquet = _pyarrow("output")
    if like is None:
        raise UsageError("Parquet is written from Parquet alone; name an output that ends in .jsonl")
    with _opened(like) as first:
        schema = with_texts(first.schema_arrow, key)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for path in paths:
            with parquet.ParquetFile(path) as part:
                if not part.schema_arrow.equals(schema):
                    raise UsageError(f"{like}: other inputs have other columns; clean them into a folder")
                for number in range(part.metadata.num_row_groups):
                    writer.write_table(part.read_row_group(number, use_threads=False))


def _first(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]
