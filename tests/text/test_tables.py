import re
from pathlib import Path

from hansift.text import gbk, tables
from hansift.text.restore import restore

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "src" / "hansift" / "text" / "tables"


def lines():
    """Lines of the seeds that the hijack converted; its own are Simplified."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        for line in restore(path.read_bytes().decode("utf-8")).text.split("\n"):
            old = sum(char in tables.readings() for char in line)
            if old > sum(char in tables.hijack() for char in line):
                yield line


def test_the_conversion_is_that_of_the_seeds():
    converted = "".join(lines())
    assert [char for char in sorted(set(converted)) if char in tables.hijack()] == []
    unreachable = set(converted) & tables.readings().keys() - set(tables.hijack().values())
    assert unreachable == {"覆"}  # Simplified too, in this sense


def test_readings_are_those_of_the_seeds():
    text = "".join(path.read_text("utf-8") for path in (ROOT / "seeds").glob("*.txt"))
    shown = set(re.findall(r"([一-鿿])\(([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔù][a-z]*)\)", text))
    assert len(shown) > 90
    assert [pair for pair in shown if tables.readings().get(pair[0], ("",))[0] != pair[1]] == []


def test_every_character_has_two_bytes():
    chars = {*tables.readings(), *tables.hijack(), *tables.hijack().values()}
    assert all(gbk.decode(gbk.encode(char)) == char for char in chars)


def test_private_row_of_gbk():
    assert gbk.encode("\ue853") == b"\xfe\x8f"
    assert gbk.decode_pair(0xFE, 0x8F) == "\ue853"


def test_tables_are_small():
    assert sum(path.stat().st_size for path in TABLES.glob("*.txt")) < 600_000
