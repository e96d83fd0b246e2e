"""What `hansift train` does: read the data, fit, write the model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from hansift.corpus.labelled import LabelledPage, read_folder, serialize
from hansift.model.file import save
from hansift.train.fit import Fitted, fit


def data_digest(pages: Sequence[LabelledPage]) -> str:
    """The SHA-256 of the pages' contents, whatever their files' names or order."""
    parts = sorted(hashlib.sha256(serialize(page).encode()).digest() for page in pages)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def build(data: Path, out: Path, say: Callable[[str], None]) -> tuple[Fitted, str]:
    """Fits a model on the pages below `data`, writes it, and returns it with its digest."""
    pages = list(read_folder(data))
    say(f"{data}: {len(pages)} pages of {len({page.site for page in pages})} sites")
    fitted = fit(pages)
    header = {**fitted.model.header, "data": data_digest(pages)}
    fitted = replace(fitted, model=replace(fitted.model, header=header))
    return fitted, save(fitted.model, out)
