"""`hansift train`: a model from labelled pages."""

from __future__ import annotations

from pathlib import Path

import click

from hansift.cli.common import say


@click.command("train")
@click.argument("data", type=click.Path(path_type=Path), default=Path("data"))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The model file to write.")
@click.option("--export", type=click.Path(path_type=Path), help="Also write a scikit-learn Pipeline, with joblib.")
def command(data: Path, out: Path, export: Path | None) -> None:
    """Train on the labelled pages below DATA and write the model to OUT."""
    from hansift.train.build import build
    from hansift.train.estimator import export_pipeline

    fitted, digest = build(data, out, say)
    if export:
        export_pipeline(fitted.model, export)
        say(f"{export}: scikit-learn pipeline of the first step")
    say(f"{out}: {fitted.model.header['pages']} pages, {fitted.model.header['lines']} lines, digest {digest[:12]}")
