"""Data-Juicer: a mapper, which recipes name `hansift_mapper`; the package tells Data-Juicer of it as a plugin."""

from __future__ import annotations

from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from hansift.adapters.columns import clean_columns
from hansift.cleaner import Cleaner
from hansift.model.decode import Policy


@OPERATORS.register_module("hansift_mapper")
class HansiftMapper(Mapper):  # type: ignore[misc]
    """Keeps the body of Chinese web pages: navigation and planted spam are removed line by line."""

    _batched_op = True

    def __init__(self, model: str | None = None, policy: Policy = "balanced", *args: Any, **kwargs: Any) -> None:
        """Parameters as in Cleaner: `model` is the path or URL of a model, `policy` precision, balanced or recall."""
        super().__init__(*args, **kwargs)
        self.cleaner = Cleaner(model, policy)

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """The samples with their texts cleaned."""
        return clean_columns(samples, text=self.text_key, cleaner=self.cleaner)
