"""`hansift train`: a model from labelled pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hansift.cli.common import say
from hansift.model.file import load

if TYPE_CHECKING:
    from hansift.train.fit import Fitted


@click.command("train")
@click.argument("data", type=click.Path(path_type=Path), default=Path("data"))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The model file to write.")
@click.option("--export", type=click.Path(path_type=Path), help="Also write a scikit-learn Pipeline, with joblib.")
@click.option(
    "--card", type=click.Path(path_type=Path), help="Also write the model card, with figures of JSON files beside it."
)
def command(data: Path, out: Path, export: Path | None, card: Path | None) -> None:
    """Train on the labelled pages below DATA and write the model to OUT."""
    from hansift.adapters.sklearn import export_pipeline
    from hansift.train.build import build

    fitted, digest = build(data, out, say)
    if export:
        export_pipeline(fitted.model, export)
        say(f"{export}: scikit-learn pipeline of the first step")
    if card:
        _write_card(card, data, replace(fitted, model=load(out)))
        say(f"{card}: model card")
    say(f"{out}: {fitted.model.header['pages']} pages, {fitted.model.header['lines']} lines, digest {digest[:12]}")


def _write_card(path: Path, data: Path, fitted: Fitted) -> None:
    from hansift.corpus.labelled import read_folder
    from hansift.train.card import card as card_of

    text = card_of(fitted, list(read_folder(data)), path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
