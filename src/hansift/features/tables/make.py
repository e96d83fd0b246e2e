"""Writes `chars.npz`, the tables of every UTF-16 code unit; run as `python -m hansift.features.tables.make`.

`fold`    uint16: the unit that features see: Simplified for Traditional, the letter that a look-alike
          imitates, small for capital Latin, one digit for all digits.
`script`  uint8: 1 where a character occurs in Traditional text only, 2 in Simplified text only.

Source: the character dictionaries of OpenCC (`pip install 'hansift[script]'`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hansift.text.fold import fold as look_alike

UNITS = 1 << 16
MARKS = ('“"', '”"', '„"', "‘'", "’'", '「"', '」"', '『"', '』"', "。.", "，,", "、,", "—-", "–-", "－-", "〉>", "·•")
"""Marks that differ between scripts and decades, each with the one that stands for it."""


def dictionary(name: str) -> dict[str, list[str]]:
    """The rows of one of OpenCC's character dictionaries: a character and its choices."""
    import opencc

    path = Path(opencc.__file__).parent / "dictionary" / name
    rows = (row.split("\t") for row in path.read_text(encoding="utf-8").split("\n") if "\t" in row)
    return {key: values.split(" ") for key, values in rows if len(key) == 1}


def fold_table(simplify: dict[str, list[str]]) -> np.ndarray:
    """The folded unit of each unit: (65536,) uint16."""
    fold = np.arange(UNITS, dtype=np.uint16)
    for unit in range(UNITS):
        char = chr(unit) if 0xD800 <= unit < 0xE000 else look_alike(chr(unit))
        if char in simplify and len(simplify[char][0]) == 1 and ord(simplify[char][0]) < UNITS:
            char = simplify[char][0]
        if char.isascii():
            char = "0" if char.isdigit() else char.lower()
        fold[unit] = ord(char)
    for space in "\t\v\f\r\u00a0\u2002\u2003\u2009\u3000":
        fold[ord(space)] = ord(" ")
    for pair in MARKS:
        fold[ord(pair[0])] = ord(pair[1])
    return fold


def script_table(simplify: dict[str, list[str]], traditionalise: dict[str, list[str]]) -> np.ndarray:
    """Which script a unit betrays: (65536,) uint8."""
    script = np.zeros(UNITS, dtype=np.uint8)
    for char, choices in simplify.items():
        if ord(char) < UNITS and char not in choices and char not in traditionalise:
            script[ord(char)] = 1
    for char, choices in traditionalise.items():
        if ord(char) < UNITS and char not in choices and char not in simplify:
            script[ord(char)] = 2
    return script


def main() -> None:
    """Writes the file beside this module."""
    simplify, traditionalise = dictionary("TSCharacters.txt"), dictionary("STCharacters.txt")
    path = Path(__file__).parent / "chars.npz"
    np.savez_compressed(path, fold=fold_table(simplify), script=script_table(simplify, traditionalise))


if __name__ == "__main__":
    main()
