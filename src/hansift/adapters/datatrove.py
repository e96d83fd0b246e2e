"""datatrove: a filter step that cleans pages and drops those of which nothing stays."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.writers.disk_base import DiskWriter

from hansift.adapters.columns import clean_columns
from hansift.cleaner import PAGES, Cleaner

EMPTY, REMOVED = "empty", "removed"
"""`filter_reason` of what the exclusion writer gets: a page dropped, and the lines removed from one that stays."""


class LineCleaner(BaseFilter):  # type: ignore[misc]
    """Cleans the text of documents; one of which nothing stays is dropped, as `empty`.

    The stats count `lines_body`, `lines_nav`, `lines_spam` a document. The exclusion writer gets a dropped document as
    it was, and what was removed from any other as a document of the same id and metadata, `filter_reason` "removed".
    """

    name = "🧹 hansift"

    def __init__(
        self, cleaner: Cleaner | None = None, exclusion_writer: DiskWriter | None = None, batch_size: int = PAGES
    ) -> None:
        super().__init__(exclusion_writer, batch_size)
        self.cleaner = cleaner or Cleaner()
        self.rank = 0

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """The documents that stay, cleaned."""
        self.rank = rank  # `filter_batch` is not told, and the writer asks for it
        yield from super().run(data, rank, world_size)

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Whether the document stays, its text cleaned; False and the reason where nothing of it does."""
        return self.filter_batch([doc])[0]

    def filter_batch(self, batch: list[Document]) -> list[bool | tuple[bool, str]]:
        """For each document what `filter` says, judged together."""
        columns = clean_columns({"text": [doc.text for doc in batch]}, detail=True, cleaner=self.cleaner)
        rows = zip(batch, columns["text"], columns["line_labels"], columns["removed"], strict=True)
        return [self._settle(*row) for row in rows]

    def _settle(
        self, doc: Document, text: str, labels: list[str | None], removed: list[str]
    ) -> bool | tuple[bool, str]:
        for label, count in Counter(filter(None, labels)).items():
            self.stat_update(f"lines_{label}", value=count)
        if not text:
            return False, EMPTY
        if removed and self.exclusion_writer:
            out = replace(doc, text="\n".join(removed), metadata={**doc.metadata, "filter_reason": REMOVED})
            self.exclusion_writer.write(out, self.rank)
        doc.text = text
        return True
