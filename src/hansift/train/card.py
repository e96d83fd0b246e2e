"""The model card: what a model was trained on, what it reaches, what each part of it pays, and its limits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hansift.corpus.census import census
from hansift.corpus.labelled import LabelledPage
from hansift.errors import DataError
from hansift.page import LABELS
from hansift.train.fit import Fitted
from hansift.train.heldout import heldout_outcome
from hansift.train.summary import summary

NAMES = {
    "body_char_recall": "body characters kept",
    "char_f1": "character F1",
    "char_f1_by_page": "F1, mean of pages",
    "line_macro_f1": "line macro-F1",
    "clean_pages": "clean pages",
    "nav_chars_removed": "nav characters removed",
    "spam_chars_removed": "spam characters removed",
    "spliced_chars_cut": "spliced characters cut",
    "calibration_error": "calibration error",
}
ABLATION, EVALUATION, PENALTY = "ablation.json", "evaluation.json", "penalty.json"
"""Files beside the card whose figures it takes in: of `hansift.train.ablate`, of `hansift evaluate --json`, of
`hansift.train.penalty`.
"""

INTRODUCTION = """# The default model

`default.npz` labels each line of a scraped Chinese page as body, navigation or spam. It is linear: every decision is
a sum of table entries, which `hansift explain` prints. The file holds whole numbers and a JSON header, no code, and is
checked by its digest when read. `hansift train` writes this page.

Weights of n-grams are rounded to 14 bits. The first model was made with 16 and rounded anew: of 66,000 lines of the
corpus and the benchmark one changed its likeliest label.
"""
MEASURES = """A page is *clean* when at least 99 % of its body is kept and at most 1 % of what is kept is not body.
Characters are counted without white space; in brackets the 95 % interval of a bootstrap over sites.
"""
HELDOUT = """Each page judged by models that saw no page of its site (five folds), at policy `balanced`, nothing
cut inside lines. These pages are authored for training, so the figures say how well the model learnt this corpus;
the section on real pages, where there is one, says how far that carries.
"""
HELDOUT_HTML = """The same pages written as HTML by `hansift data render`'s hands and judged by their markup too.
"""
REAL = """Pages of the web, labelled by hand or aligned to hand-made text; none of them is part of the project.
"""
LIMITS = """## Limits

- The corpus is authored, five seed pages apart: what no author thought of, the model has not seen.
- The article's headline and another article's look alike; the page decides, and short pages decide badly.
- Spun spam in whole sentences reads like body. Pages that are spam from end to end are flagged, not only emptied.
- Readers' comments are navigation below an article and body in a forum; between the two the model errs.
- The text of other languages is judged by its shape alone.
- Probabilities are calibrated on the sites of the corpus; on others they are surer than they should be.

## Train it again

    hansift train data/ -o models/default.npz --card models/README.md

The same data, versions and kind of machine give the same bytes. The card takes in the figures of files beside
it, so it is written last, by the same command again:

    hansift evaluate PAGES.jsonl --json models/evaluation.json
    python -m hansift.train.ablate data/ -o models/ablation.json
    python -m hansift.train.penalty data/ -o models/penalty.json

Then `python -m tests.gate.update` raises the floors that the tests hold the model to.
"""


def card(fitted: Fitted, pages: Sequence[LabelledPage], folder: Path) -> str:
    """The card in Markdown, of a fit whose first pages were these; `folder` may hold figures to take in.

    Raises DataError for a file of figures that cannot be read.
    """
    measures = summary(heldout_outcome(fitted, pages))
    parts = [INTRODUCTION, *_data(fitted, pages), "## Held-out sites\n", HELDOUT, MEASURES]
    parts.append(_figures({"all": measures["all"], **measures["by_source"]}))
    parts += ["Lines by truth and label:\n", _confusion(measures["all"])]
    if "seeds" in measures["by_source"]:
        parts += ["Those of the seeds:\n", _confusion(measures["by_source"]["seeds"])]
    parts += ["By kind of page:\n", _figures(measures["by_kind"], bounds=False)]
    if as_html := fitted.model.header.get("heldout_html"):
        parts += ["## Held-out sites, as HTML\n", HELDOUT_HTML]
        parts.append(table(("", *(NAMES[key] for key in as_html)), [("all", *map(shown, as_html.values()))]))
    evaluation, ablation, penalty = (_json(folder / name) for name in (EVALUATION, ABLATION, PENALTY))
    if evaluation:
        parts += ["## Real pages of sites not trained on\n", REAL, _figures(evaluation["by_source"])]
        if evaluation.get("model") != fitted.model.header.get("digest"):
            parts.append(f"Measured with an earlier model, of digest `{evaluation.get('model')}`.\n")
    if ablation:
        parts += _ablation(ablation, len(pages))
    if penalty:
        parts += _penalty(penalty)
    return "\n".join([*parts, LIMITS])


def _data(fitted: Fitted, pages: Sequence[LabelledPage]) -> list[str]:
    header, counts = fitted.model.header, census(pages)
    facts = [
        ("pages", counts["pages"]), ("sites", counts["sites"]), ("labelled lines", counts["lines"]),
        *((f"{label} lines", row["lines"]) for label, row in counts["by_label"].items()),
        *((f"pages in script {script or 'not told'}", row["pages"]) for script, row in counts["by_script"].items()),
        ("digest of the data", f"`{header.get('data', '')}`"),
        ("digest of the model", f"`{header.get('digest', '')}`"),
        ("generator", ", ".join(f"{key} {value}" for key, value in header.get("generator", {}).items()) or "none"),
        ("trained with", ", ".join(f"{key} {value}" for key, value in header.get("versions", {}).items())),
    ]  # fmt: skip
    return ["## Data\n", table(("", ""), facts)]


def _figures(blocks: dict[str, Any], bounds: bool = True) -> str:
    rows = []
    for name, block in blocks.items():
        low_high = [block["intervals"].get(key) if bounds else None for key in NAMES]
        cells = [shown(block[key]) + interval(pair) for key, pair in zip(NAMES, low_high, strict=True)]
        rows.append((name, block["pages"], *cells))
    return table(("", "pages", *NAMES.values()), rows)


def _confusion(block: dict[str, Any]) -> str:
    scores = ("precision", "recall", "f1")
    rows = [
        (label, *numbers, *(shown(block[f"{label}_{score}"]) for score in scores))
        for label, numbers in zip(LABELS, block["confusion"], strict=True)
    ]
    return table(("truth", *(f"as {label}" for label in LABELS), "precision", "recall", "F1"), rows)


def _ablation(tables: dict[str, Any], pages: int) -> list[str]:
    names = [key for key in NAMES if key in tables["families"][0]]
    families = [(row["name"], *(shown(row.get(key)) for key in names)) for row in tables["families"]]
    uses = [(row["name"], *(shown(row.get(key)) for key in names), shown(row["seconds"])) for row in tables["jieba"]]
    earlier = (
        " Measured on an earlier corpus; a family that paid nothing has gone since." if tables["pages"] != pages else ""
    )
    said = (
        f"{tables['pages']} pages, {tables['lines']} lines, {tables['folds']} folds by site, without the generator's "
        f"copies: the rows compare with each other.{earlier}\n"
    )
    return [
        "## What each family of features pays\n", said, table(("", *(NAMES[key] for key in names)), families),
        "## Uses of jieba\n", "Seconds are those of jieba on a million characters.\n",
        table(("", *(NAMES[key] for key in names), "seconds"), uses),
    ]  # fmt: skip


def _penalty(found: dict[str, Any]) -> list[str]:
    rows = [(f"{row['strength']:g}", f"{row['loss']:.4f}", f"{row['error']:.4f}") for row in found["rows"]]
    said = (
        f"{found['pages']} pages, whole kinds of them held out, {found['folds']} folds: the mean loss of a page's "
        "lines in nats. The strongest penalty within one standard error of the least loss is taken: "
        f"{found['chosen']:g}.\n"
    )
    return ["## The penalty of the page step\n", said, table(("inverse penalty", "loss", "standard error"), rows)]


def shown(value: float | None) -> str:
    """A figure with three places, a dash for none."""
    return "–" if value is None else f"{value:.3f}"


def interval(pair: Sequence[float | None] | None) -> str:
    """An interval in brackets, nothing where there is none."""
    return "" if not pair or None in pair else f" ({pair[0]:.2f}–{pair[1]:.2f})"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, a blank line after it."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def _json(path: Path) -> Any:
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise DataError(f"{path}: not JSON ({error}); make it anew or take it away") from error
