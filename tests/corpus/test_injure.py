import os
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from hansift.corpus import injure
from hansift.text.edits import apply
from hansift.text.restore import restore

ROOT = Path(__file__).parents[2]
DRAWN = 2000 if os.environ.get("HANSIFT_FULL") else 750
PLAIN = (injure.to_traditional, injure.double_commas, injure.lose_fullwidth, injure.lose_numerals)
DRAWING = (injure.inject_readings, injure.damage_bytes)
TEXTS = st.text(st.sampled_from("国家网络，他们在家里。：①、\n\nAz?(（国(guó)們在家") | st.characters(), max_size=60)


def pages():
    """The texts of authored pages in Traditional characters, as a hijack finds or makes them."""
    for path in sorted((ROOT / "data" / "pages").glob("**/*.lines")):
        rows = [row for row in path.read_bytes().decode("utf-8").split("\n") if not row.startswith("#:")]
        yield injure.to_traditional("\n".join(row.partition("\t")[2] for row in rows))[0]


PAGES = list(pages())


def injured(text, rng):
    for function in DRAWING:
        text, _ = function(text, rng)
    return text


def lost(before, after):
    """How many characters of a page are not back."""
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    matchers = [SequenceMatcher(None, old, new, autojunk=False) for old, new in pairs if old != new]
    changes = [code for matcher in matchers for code in matcher.get_opcodes() if code[0] != "equal"]
    return sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in changes)


def test_restoring_undoes_the_generator():
    rng = Random(20240229)
    drawn = [PAGES[rng.randrange(len(PAGES))] for _ in range(DRAWN)]
    missing = sum(lost(text, restore(injured(text, rng)).text) for text in drawn)
    total = sum(map(len, drawn))
    print(f"{DRAWN} pages, {total} characters, {missing} not back: {1 - missing / total:.5%}")
    assert missing <= 0.001 * total


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 1000))
def test_undo_gives_the_text_before(text, seed):
    for function in (*PLAIN, *DRAWING):
        done, undo = function(text, Random(seed)) if function in DRAWING else function(text)
        assert apply(done, undo) == text
        assert done.count("\n") == text.count("\n")
        text = done


def test_the_same_seed_injures_alike():
    text = PAGES[0]
    assert injured(text, Random(7)) == injured(text, Random(7)) != injured(text, Random(8))


def test_conversion_follows_the_table():
    text, undo = injure.to_traditional("干部后来在里面发现")
    assert text == "干部后來在里面發現"
    assert [step.new for step in undo] == ["来", "发", "现"]


def test_readings_are_at_every_occurrence():
    text = "國家的國土，國際的學校，學習的時間，時時開門" * 3
    done, _ = injure.inject_readings(text, Random(3))
    for char in set(text):
        assert done.count(char + "(") in (0, text.count(char)) or done.count(char + "（") == text.count(char)


def test_bytes_are_damaged_as_in_the_seeds():
    pairs = {b"\x83\xd4": "cè", b"\x85\x5e": "qū"}
    assert injure._damaged("們在服從社區(qū)", pairs, late=False) == "們?cè)诜\ue853纳鐓^(qū)"
    pairs = {b"\x83\xc8": "nèi"}
    assert injure._damaged("千變萬(wàn)化", pairs, late=True) == "千變?nèi)f化"


def test_other_losses():
    assert injure.double_commas("春天，,秋天，冬天")[0] == "春天，,秋天，，冬天"
    assert injure.lose_fullwidth("问：好（吗）？")[0] == "问:好(吗)?"
    assert injure.lose_numerals("①甲②、乙")[0] == "?、?甲?、?乙"
