"""The figures that the shipped model is held to, and the floors under them."""

import importlib.util
import json
import os
from math import floor
from pathlib import Path

from hansift import Cleaner
from hansift.corpus.labelled import read_folder, read_loose
from hansift.model.file import load
from hansift.train.build import data_digest
from hansift.train.evaluate import tally
from hansift.train.gold import read_gold
from hansift.train.heldout import chosen
from hansift.train.outcome import outcome_of

ROOT = Path(__file__).parents[2]
BASELINE = Path(__file__).with_name("baseline.json")
REAL = Path(os.environ.get("HANSIFT_EVAL", ROOT.parent / "shared" / "eval"))
"""A folder of real pages, labelled in gold JSONL, which is not part of the project: measured where it is there."""
HTML_SETS = ("magic", "cleaneval")
HTML_FIGURES = ("body_char_recall", "char_f1", "char_f1_by_page", "line_macro_f1", "clean_pages")
REAL_SETS = ("magic", "cleaneval", "cc", "fixtures")


def header():
    return load(ROOT / "models" / "default.npz").header


def digest():
    return data_digest([*read_folder(ROOT / "data"), *read_loose(ROOT / "data")])


def heldout():
    """Leave-sites-out figures of the data, which training left in the model's header."""
    sources = {**header().get("heldout", {}), "html": header().get("heldout_html", {})}.items()
    return {f"heldout/{source}/{name}": value for source, values in sources for name, value in values.items()}


def measured(group, path):
    """Figures of the shipped model on the pages of a path."""
    pages = list(read_gold([path]))
    results = Cleaner(ROOT / "models" / "default.npz").pipe(page.text for page in pages)
    found = chosen(tally(outcome_of(pages, results)))
    return {f"{group}/{path.stem}/{name}": value for name, value in found.items()}


def scored_html(path):
    """Figures of the shipped model on the HTML of a file's pages, scored by text as those of any extractor are."""
    spec = importlib.util.spec_from_file_location("score", path.with_name("score.py"))
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = score.load(str(path))
    cleaner = Cleaner(ROOT / "models" / "default.npz")
    found = score.score(gold, {key: {"text": cleaner(html=page["html"]).text} for key, page in gold.items()})
    return {f"html/{path.stem}/{name}": found[name] for name in HTML_FIGURES}


def figures():
    """All figures by name; those of real pages only where they are there."""
    found = heldout()
    for folder in ("seeds", "pages"):
        found |= measured("fitted", ROOT / "data" / folder)
    for name in REAL_SETS:
        if (path := REAL / f"{name}.jsonl").is_file():
            found |= measured("real", path)
    for name in HTML_SETS:
        if (path := REAL / f"{name}.jsonl").is_file():
            found |= scored_html(path)
    return found


def read_baseline():
    return json.loads(BASELINE.read_text("utf-8"))


def raised(baseline, found, data, lower=()):
    """The baseline with each floor at its figure, where that is higher; with it lowered only for the names in
    `lower`, which leaves a note. A floor whose figure was not measured stays.
    """
    floors, notes = dict(baseline.get("floors", {})), list(baseline.get("lowered", []))
    for name, value in found.items():
        new, old = floor(value * 1000) / 1000, floors.get(name)
        if old is None or new > old:
            floors[name] = new
        elif new < old and name in lower:
            floors[name] = new
            notes.append({"name": name, "from": old, "to": new})
    return {"data": data, "floors": dict(sorted(floors.items())), "lowered": notes}


def below(baseline, found):
    """The names of the figures that lie below their floor."""
    return sorted(name for name, least in baseline["floors"].items() if name in found and found[name] < least)
