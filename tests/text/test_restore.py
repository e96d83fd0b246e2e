import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hansift.text.edits import apply
from hansift.text.restore import restore

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "restore"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
READING = re.compile(r"(?<=[^\x00-\x7f])\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*\)")


def cases(name):
    rows = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in rows]


def read(path):
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("case", cases("in-the-wild") + cases("synthetic"))
def test_repairs(case):
    assert restore(case["text"]).text == case["expect"]


@pytest.mark.parametrize("case", cases("negative"))
def test_leaves_alone(case):
    restored = restore(case["text"])
    assert restored.text is case["text"]
    assert restored.steps == ()


@pytest.mark.parametrize(
    "case", [pytest.param(*p.values, id=p.id, marks=pytest.mark.xfail) for p in cases("known-failures")]
)
def test_known_failures(case):
    assert restore(case["text"]).text == case["expect"]


def test_sixty_negative_cases_at_least():
    rows = json.loads((CASES / "negative.json").read_text("utf-8"))
    assert len({row["text"] for row in rows}) == len(rows) >= 60


def test_seeds_lose_their_readings_and_no_other_bracket():
    readings = [step for path in SEEDS for step in restore(read(path)).steps if step.repair == "readings"]
    assert len(readings) == 551
    for path in SEEDS:
        restored = restore(read(path))
        assert not READING.search(restored.text)
        taken = sum(restored.original[step.start : step.end].count("(") for step in restored.steps)
        assert restored.text.count("(") == restored.original.count("(") - taken
    assert restore(read(SEEDS[4])).steps == ()


def test_seeds_have_their_three_damaged_places_repaired():
    places = [
        (s.new, read(path)[s.start : s.end]) for path in SEEDS for s in restore(read(path)).steps if s.repair == "bytes"
    ]
    assert places == [
        ("在服從社區", "?cè)诜\ue853纳鐓^(qū)"),
        ("內", "?xún)?nèi)"),
        ("萬", "?nèi)f"),
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "pages").glob("**/*.lines")), ids=lambda path: path.stem)
def test_authored_pages_are_clean(path):
    rows = [row for row in read(path).split("\n") if not row.startswith("#:")]
    text = "\n".join(row.partition("\t")[2] for row in rows)
    # zero-width spaces, which some sites print before every button, are all that may go
    assert {text[step.start : step.end] for step in restore(text).steps} <= {"\u200b"}
    seen = text.replace("\u200b", "")
    assert restore(seen).text is seen


# Pieces of which damaged pages are made, half of them behind a line that an injector clearly had.
INJECTED = "中國(guó)臺(tái)灣網(wǎng)移動(dòng)版，學(xué)時(shí)開(kāi)放，國(guó)內(nèi)網(wǎng)友參觀。"
WORDS = """國 臺 灣 網 學 時 開 動 內 他 們 在 家 春 秋 ， 。 , 、 A B f ? ( ) （ ） < > € 诩 纳 鐓 𠮷
(guó) (tái) (wān) (wǎng) (xué) (shí) 國(guó) 臺(tái) 網(wǎng) 學(xué) 時(shí) 開(kāi) 動(dòng)
（guó） (guo2) (gu (guó\u00a0)
?cè) ?xún)?nèi) 們?cè)诜 自?xún)?nèi)心 ^(qū) 們(men)?cè) ?nèi)f x0dx0a 。x0dx0a
<tr\u00a0id="yyy80"> </tr>
<u\u00a0id="a8k2f"></u> ,, ，， 春，，秋，，春，，秋 …"""
PIECES = [word.replace("\u00a0", " ") for word in WORDS.split()]
PIECES += list("\n\n\t\r \x00\u200b\u200d\ufeff\ue853\uf0b7\ud800")
PAGES = st.builds(
    lambda head, pieces: head + "".join(pieces),
    st.sampled_from(["", INJECTED]),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60),
)


@settings(max_examples=400, deadline=None)
@given(PAGES)
def test_steps_explain_the_text(text):
    restored = restore(text)
    assert restored.original is text
    assert apply(text, restored.steps) == restored.text
    ends = [0, *(step.end for step in restored.steps)]
    assert all(end <= step.start < step.end for end, step in zip(ends, restored.steps, strict=False))
    assert (restored.text is text) == (restored.steps == ())


@settings(max_examples=400, deadline=None)
@given(PAGES)
def test_twice_is_once(text):
    restored = restore(text).text
    assert restore(restored).text is restored


@settings(max_examples=400, deadline=None)
@given(PAGES)
def test_lines_stay(text):
    before, after = text.split("\n"), restore(text).text.split("\n")
    assert len(before) == len(after)
    assert all(bool(old.strip()) == bool(new.strip()) for old, new in zip(before, after, strict=True))


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_positions_lead_back(text):
    restored = restore(text)
    origins = [restored.to_original(i) for i in range(len(restored.text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] <= len(text)
    changed = {i for step in restored.steps for i in range(step.start, step.end)}
    kept = [(new, old) for new, old in enumerate(origins[:-1]) if old not in changed]
    assert all(restored.text[new] == text[old] for new, old in kept)


def test_positions_in_a_repaired_seed():
    restored = restore(read(SEEDS[0]))
    for word in ("【地評線】", "在服從社區", "安排的前提下"):
        origin = restored.to_original(restored.text.index(word))
        assert restored.original[origin] == ("?" if word == "在服從社區" else word[0])


def test_plain_values_name_what_was_there():
    step = restore("第一行\u200b文字").to_dict()["steps"][0]
    assert step == {"repair": "controls", "start": 3, "end": 4, "new": "", "old": "\u200b"}


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "國(",
        "國(guó)",
        "國?cè)",
        "?cè)诜",
        "<",
        '<u id="a8k2f">',
        "x0dx0a",
        "，，",
        "\u200b ",
        "國(guó)臺(tái)灣網(wǎng)學(",
        "。x0dx0a",
    ],
)
def test_hostile_text_is_quick(unit):
    text = unit * (200_000 // len(unit))
    assert apply(text, restore(text).steps) == restore(text).text
