"""What bytes are written in: found once a file, by evidence, and never by replacing what does not fit."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from hansift.errors import InputError, UsageError

# The commonest characters of Chinese, Simplified and Traditional: two in five of any text, one in fifty of a
# misread one.
_COMMON = frozenset(
    "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着著去之过過家学學"
    "对對可里裡裏后後小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手用主行方又如前所本见見经經"
    "头頭面公同三已老从從动動两兩长長知民样樣现現分将將外但身些与與高意进進把法此实實回二理美点點月明其种種声聲全工"
    "己话話者向情部正名定女问問力机機给給等几幾很业業最间間新什打便位因重被走电電四第门門次东東政海口使教西再平真"
    "，。、：；？！“”（）《》　"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le-sig"), (codecs.BOM_UTF32_BE, "utf-32-be-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le-sig"), (codecs.BOM_UTF16_BE, "utf-16-be-sig"),
)  # fmt: skip
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "x-x-big5": "big5hkscs", "utf8": "utf-8",
}  # fmt: skip
_META = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_EXPECTED = re.compile(
    r"[\x09\x0a\x0d\x20-\x7e\u2010-\u2027\u2030-\u203b\u3000-\u30ff\u3105-\u312f\u4e00-\u9fff\uff01-\uff5e]"
)
_NARROW, _WIDE = ("gb18030", "big5hkscs"), ("utf-16-le", "utf-16-be")
_NULS = 20  # one byte in so many is NUL: UTF-16, for a stray NUL is rare
_SAMPLE = 1 << 18
_PLAUSIBLE = 0.9
_FAMILIAR = 0.1


class Guess(NamedTuple):
    """An encoding by its Python name, "-sig" behind it for a byte-order mark, and the evidence in a few words."""

    encoding: str
    why: str


def known(name: str) -> str:
    """Python's name of an encoding, the larger set for GB2312, GBK and Big5; raises UsageError for none.

    >>> known("GB2312"), known("UTF8")
    ('gb18030', 'utf-8')
    """
    plain = name.strip().lower().replace("_", "-").replace("gb-2312-80", "gb2312")
    try:
        return codecs.lookup(_ALIASES.get(plain, plain)).name
    except LookupError as error:
        raise UsageError(f"encoding {name!r} is not known; try gb18030, big5hkscs, utf-8 or utf-16") from error


def declared(html: bytes) -> str | None:
    """The charset that a page's first 2,048 bytes declare, as they spell it.

    >>> declared(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')
    'gb2312'
    """
    match = _META.search(html[:2048])
    return match[1].decode("ascii") if match else None


def guess(data: bytes, hints: tuple[str | None, ...] = ()) -> Guess | None:
    """What the bytes of a file are written in, or None where nothing fits.

    A byte-order mark decides, then strict UTF-8; then the `hints` (charsets declared for the file), if the
    bytes decode by them; then the encoding in which the bytes read most like Chinese.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Guess(name, "byte-order mark")
    if b"\0" not in data and _decodes(data, "utf-8"):
        return Guess("utf-8", "valid UTF-8")
    for hint in filter(None, hints):
        try:
            told = known(hint)
        except UsageError:
            continue
        if b"\0" not in data and _decodes(data, told):
            return Guess(told, f"declared {hint}")
    return _by_reading([data])


def guess_lines(data: bytes) -> Guess:
    """What a file of lines is written in, by its first bytes: what most of its lines fit."""
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if marked:
        return Guess(marked.removesuffix("-sig"), "byte-order mark")
    if data.count(0) * _NULS > len(data):
        found = _by_reading([data[: len(data) & ~3]])
    else:
        whole = data.split(b"\n")[:-1] or [data]
        lines = [line for line in whole if not line.isascii()]
        if 2 * sum(_decodes(line, "utf-8") for line in lines) >= len(lines):
            return Guess("utf-8", "most lines are valid UTF-8")
        found = _by_reading(lines)
    return found or Guess("utf-8", "nothing else fits")


def told(name: str, data: bytes) -> Guess:
    """The encoding of that name, in the order and with the byte-order mark that the data has.

    >>> told("utf-16", "正".encode("utf-16")).encoding, told("utf-16", "正".encode("utf-16-be")).encoding
    ('utf-16-le-sig', 'utf-16-le')
    """
    plain = known(name).removesuffix("-sig")
    marked = next((found for mark, found in _BOMS if data.startswith(mark) and found.startswith(plain)), None)
    return Guess(marked or {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(plain, plain), "as told")


def encode(text: str, encoding: str) -> bytes:
    r"""The text in an encoding that a Guess names, its byte-order mark before it.

    >>> encode("a", "utf-16-be-sig")
    b'\xfe\xff\x00a'
    """
    mark, plain = _marked(encoding)
    return mark + text.encode(plain)


def _marked(encoding: str) -> tuple[bytes, str]:
    """The byte-order mark of an encoding and its plain name."""
    mark = next((mark for mark, name in _BOMS if name == encoding), b"")
    return mark, encoding.removesuffix("-sig")


def decode(data: bytes, found: Guess | None) -> str:
    """The bytes as text, strictly; raises InputError with the byte that does not fit."""
    if found is None:
        if b"\0" in data:
            raise InputError("holds NUL bytes, so it is not text; give the extracted text of the page")
        raise InputError(f"not UTF-8 at byte {_first_bad(data)}, nor what else it could be; name it with --encoding")
    mark, plain = _marked(found.encoding)
    try:
        return data.removeprefix(mark).decode(plain)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        raise InputError(f"not {plain} ({found.why}) at byte {at}; name the right one with --encoding") from error


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _by_reading(pieces: list[bytes]) -> Guess | None:
    """The encoding that most pieces fit and that makes them read most like Chinese; None where none does."""
    wide = any(b"\0" in piece for piece in pieces)
    best, found = 0.0, None
    for name in _WIDE if wide else (*_NARROW, *_WIDE):
        fitting = [piece.decode(name) for piece in pieces if _decodes(piece, name)]
        text = "".join(fitting)[:_SAMPLE]
        foreign = sum(char > "\x7f" for char in text)
        familiar = sum(char in _COMMON for char in text) / max(foreign, 1)
        expected = len(_EXPECTED.findall(text)) >= _PLAUSIBLE * len(text) and 2 * len(fitting) >= len(pieces)
        if expected and (familiar >= _FAMILIAR or not foreign) and (familiar > best or found is None):
            best, found = familiar, Guess(name, f"reads as Chinese, {familiar:.0%} common characters")
    return found
