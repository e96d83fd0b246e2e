"""The fast path says what Results say; and what was removed goes back in its place, byte for byte."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hansift.cleaner import Verdicts, clear_of_repairs, result_of
from hansift.errors import InputError
from hansift.features.batch import batch_of
from hansift.io.outcome import outcome_of
from hansift.io.record import Record
from hansift.io.removed import cleaned_by, original_of, places_of, row_of
from hansift.model.decode import decode
from hansift.model.judge import BLANK, Judged, spans_of
from hansift.page import Cut, replaced
from hansift.text.edits import Step
from hansift.text.restore import Restored

LINES = st.text(st.sampled_from("正文國網站，。（guó) \t\r\u2028\u0085\u3000𠮷\ufeff|<>"), max_size=12)
PAGES = st.lists(st.lists(LINES, min_size=1, max_size=8).map("\n".join), min_size=1, max_size=4)


@st.composite
def verdicts(draw: st.DrawFn) -> Verdicts:
    """Any labels, scores, cuts and repairs, as a model and a restorer might give them."""
    pages = [draw(restored(text)) for text in draw(PAGES)]
    lines = [page.text.split("\n") for page in pages]
    flat = [line for page in lines for line in page]
    index = np.array([n for n, line in enumerate(flat) if line.strip(" \t\r\u2028\u0085\u3000\ufeff")], dtype=np.int64)
    row = st.lists(st.floats(0.01, 1), min_size=3, max_size=3)
    scores = np.array([draw(row) for _ in index], dtype=np.float64).reshape(-1, 3).round(6)
    labels = np.full(len(flat), BLANK, dtype=np.uint8)
    labels[index] = decode(scores, 0.0)
    first = np.cumsum([0, *map(len, lines)])
    texts = [page.text for page in pages]
    spans = spans_of(batch_of(texts))
    judged = Judged(first, spans, labels, index, scores[:, ::2], scores, np.ones(len(index), dtype=np.int64))
    cuts = []
    for page, own in enumerate(lines):
        body = [n for n, line in enumerate(own) if labels[first[page] + n] == 0]
        cuts.append(clear_of_repairs(pages[page], [cut for n in body for cut in draw(parts(n, own[n]))]))
    return Verdicts(pages, judged, cuts, [("gutted",) if draw(st.booleans()) else () for _ in pages])


@st.composite
def restored(draw: st.DrawFn, text: str) -> Restored:
    steps, pieces, at = [], [], 0
    for start in sorted(draw(st.sets(st.integers(0, max(len(text) - 1, 0)), max_size=3))):
        end = min(start + draw(st.integers(1, 3)), len(text))
        if start < at or start == end or "\n" in text[start:end]:
            continue
        new = draw(st.sampled_from(["", "國", "們在"]))
        steps.append(Step("injection", start, end, new))
        pieces += [text[at:start], new]
        at = end
    return Restored("".join([*pieces, text[at:]]), text, tuple(steps))


@st.composite
def parts(draw: st.DrawFn, number: int, line: str) -> list[Cut]:
    points = sorted(draw(st.sets(st.integers(0, len(line)), max_size=4)))
    return [Cut(number, low, high) for low, high in zip(points[::2], points[1::2], strict=False)]


@given(verdicts())
def test_the_fast_path_gives_the_texts_of_the_results(found: Verdicts) -> None:
    for page, text in enumerate(outcome_of(found).texts):
        assert text == result_of(found, page).text


@given(verdicts())
def test_cuts_have_exact_bounds_in_the_original(found: Verdicts) -> None:
    for number, page in enumerate(found.pages):
        for cut in row_of(found, number, Record("p", page.original, "a"))["cuts"]:
            within = [s for s in page.steps if cut["start"] < s.end and s.start < cut["end"]]
            assert replaced(page.original, cut["start"], cut["end"], within) == cut["text"]


@given(verdicts())
def test_counts_add_up(found: Verdicts) -> None:
    counts = outcome_of(found).counts
    originals = [page.original for page in found.pages]
    assert counts["lines.in"] == sum(text.count("\n") + 1 for text in originals)
    assert counts["characters.in"] == sum(len(text) - text.count("\n") for text in originals)
    for kind in ("lines", "characters"):
        assert counts[f"{kind}.in"] == sum(counts[f"{kind}.{part}"] for part in ("kept", "removed", "blank"))
    assert counts["repairs.injection"] == sum(len(page.steps) for page in found.pages)
    assert counts["pages.flagged"] == sum(map(bool, found.flags))


@given(verdicts())
def test_replay_gives_back_each_page(found: Verdicts) -> None:
    outcome = outcome_of(found)
    for number, page in enumerate(found.pages):
        record = Record(f"p{number}", page.original, "a.jsonl")
        row = row_of(found, number, record)
        row = json.loads(json.dumps({**row, "policy": "balanced"}))
        assert original_of(row, outcome.texts[number]) == page.original
        assert cleaned_by(row, outcome.texts[number], "balanced") == outcome.texts[number]
        for item in row["removed"]:
            assert "\n" not in page.original[item["start"] : item["end"]]
        if not page.steps:
            assert all(page.original[i["start"] : i["end"]] == i["text"] for i in (*row["removed"], *row["cuts"]))


@given(verdicts())
def test_a_row_of_another_page_is_refused(found: Verdicts) -> None:
    outcome = outcome_of(found)
    row = row_of(found, 0, Record("p", found.pages[0].original, "a.jsonl"))
    with pytest.raises(InputError, match="not the one"):
        original_of(row, f"别的\n{outcome.texts[0]}\n再别的")


def test_no_writer_of_json_needs_an_exponent_for_a_probability():
    found = places_of(np.array([[0.0, 6.8e-5, 0.9999315], [4.9e-5, 0.00012345, 0.5]])).tolist()
    assert found == [[0.0, 0.0001, 0.999932], [0.0, 0.000123, 0.5]]
    assert "e" not in repr(places_of(np.geomspace(1e-12, 1, 5000)).tolist())
