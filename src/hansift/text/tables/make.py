"""Makes the tables of this folder from OpenCC, pypinyin and jieba: `python -m hansift.text.tables.make`.

A maintainer's script: the package reads the files it writes and never imports it.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent

# What hijacked pages show where OpenCC's first choice differs: the converter keeps a character that
# is Traditional too, even in the wrong sense, and prefers these forms of the others.
KEPT = "群么并筑"
CONVERTED_ANYWAY = "台几厂别据极确种胜荐叶朴万准党价丰划虫腊蜡适苹蝎广亘"
PREFERRED = {"冲": "沖", "症": "癥", "钻": "鉆", "艳": "艷", "闲": "閑", "鉴": "鑒", "墙": "墻"}

# Written both ways in Taiwan or Hong Kong, so neither is wrong.
VARYING = set("周着折拐布注占采托伙杰岩群吃台游挂核闲烟污了")


def main() -> None:
    """Writes readings.txt, hijack.txt and words.txt beside this script."""
    characters = _dictionary("STCharacters")
    taiwan = {standard: forms[0] for standard, forms in _dictionary("TWVariants").items()}
    first = {s: taiwan.get(forms[0], forms[0]) for s, forms in characters.items()}
    hijack = {s: _hijacked(s, forms, first[s]) for s, forms in characters.items()}
    _write("hijack.txt", [s + t for s, t in sorted(hijack.items()) if s != t and _in_gbk(s + t)])
    _write("readings.txt", _readings(sorted(_dictionary("TSCharacters"))))
    _write("words.txt", _words(hijack, first))


def _dictionary(name: str) -> dict[str, list[str]]:
    """One of OpenCC's dictionaries, from a character or phrase to its choices, best first."""
    import opencc

    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    rows = (row.split("\t") for row in path.read_text("utf-8").splitlines() if row)
    return {key: choices.split(" ") for key, choices in rows}


def _in_gbk(text: str) -> bool:
    """Whether GBK has every character: what it lacks cannot have passed through the hijack."""
    try:
        return len(text.encode("gbk")) == 2 * len(text)
    except UnicodeEncodeError:
        return False


def _hijacked(simplified: str, forms: list[str], first: str) -> str:
    """The form that the hijack's one-to-one conversion gives a character."""
    if simplified in PREFERRED:
        return PREFERRED[simplified]
    legitimate = simplified in forms and simplified.encode("big5", "ignore") != b""
    kept = simplified in KEPT or (legitimate and simplified not in CONVERTED_ANYWAY)
    return simplified if kept else first


def _readings(traditional: list[str]) -> list[str]:
    """Rows `國guó`: a Traditional form that has another Simplified one, its readings, usual one first."""
    from pypinyin import Style, pinyin

    rows = []
    for char in filter(_in_gbk, traditional):
        found = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
        if found:
            rows.append(char + " ".join(found[0]))
    return rows


def _words(hijack: dict[str, str], first: dict[str, str]) -> list[str]:
    """Rows `以後 以后 以後`: a word as written, as the hijack has it, as first choices have it."""
    import jieba
    from opencc import OpenCC

    convert = OpenCC("s2tw").convert
    with jieba.get_dict_file() as file:
        entries = [row.split(" ") for row in file.read().decode("utf-8").split("\n") if row]
    common = [word for word, count, *_ in entries if len(word) == 2 and int(count) >= 200]
    genuine = {word: convert(word) for word in common}
    right = set(genuine.values())
    rows = []
    for word, written in genuine.items():
        naive = ["".join(table.get(char, char) for char in word) for table in (hijack, first)]
        wrong = [form if _is_wrong(form, written) and form not in right else "-" for form in naive]
        if wrong != ["-", "-"]:
            rows.append(" ".join([written, *wrong]))
    return sorted(set(rows))


def _is_wrong(form: str, written: str) -> bool:
    """Whether a form of a word differs from the one written otherwise than writers do."""
    return bool({a for a, b in zip(form, written, strict=True) if a != b} - VARYING)


def _write(name: str, rows: list[str]) -> None:
    (HERE / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {(HERE / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
