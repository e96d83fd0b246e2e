"""Spark: the function for `mapInPandas` and its Arrow twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hansift.cleaner import Cleaner
from hansift.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from pyspark.sql import DataFrame


@dataclass(frozen=True, slots=True)
class SparkCleaner:
    """What `df.mapInPandas` or `df.mapInArrow` takes: a function, and `schema`, that of the DataFrame, as a string."""

    in_pandas: Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]
    in_arrow: Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]
    schema: str


def spark_cleaner(frame: DataFrame, text: str = "text", cleaner: Cleaner | None = None) -> SparkCleaner:
    """The functions that clean the pages in a column of the DataFrame, all other columns as they were.

    The cleaner goes to the executors within them: of the packaged model only its digest; with any other they are larger
    than 1 MB, and such functions Spark broadcasts once by itself. Raises UsageError where there is no such column.
    """
    if text not in frame.columns:
        raise UsageError(f"no column {text!r}; name the column of pages by text=, one of {', '.join(frame.columns)}")
    made = cleaner or Cleaner()

    def in_pandas(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        from hansift.adapters.pandas import clean_series

        for pages in frames:
            yield pages.assign(**{text: clean_series(pages[text], made)})

    def in_arrow(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        from hansift.adapters.arrow import clean_arrow

        for batch in batches:
            table = pa.Table.from_batches([batch])
            at = table.schema.get_field_index(text)
            table = table.set_column(at, table.schema.field(at), clean_arrow(table.column(at), made))
            yield from table.combine_chunks().to_batches()

    return SparkCleaner(in_pandas, in_arrow, frame.schema.toDDL())
