"""The same page as another extractor, or another site, would have printed it: labels stay, lines are laid out anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from hansift.corpus.labelled import LabelledLine, LabelledPage

Lines = list[LabelledLine]

BLANK = LabelledLine("")
PROSE = ("para", "lead", "quote", "post", "reply", "dialogue", "qa", "")
BULLETS = ("  • ", "• ", "· ", "  * ", "- ", "»", "> ", "・")


def no_blanks(lines: Lines, rng: Random) -> Lines:
    """Without blank lines."""
    return [line for line in lines if line.letter]


def blanks_between(lines: Lines, rng: Random) -> Lines:
    """With a blank line after every line."""
    return [each for line in lines if line.letter for each in (line, BLANK)]


def blanks_between_blocks(lines: Lines, rng: Random) -> Lines:
    """With blank lines where the role changes and around paragraphs only."""
    out: Lines = []
    for line in (line for line in lines if line.letter):
        if out and (out[-1].role != line.role or line.role in PROSE):
            out.append(BLANK)
        out.append(line)
    return out


def reindent(lines: Lines, rng: Random) -> Lines:
    """With another indent before prose."""
    indent = rng.choice(("", "", "　　", "    ", "  ", "\u00a0\u00a0\u00a0\u00a0", "\t"))
    return [
        replace(line, text=indent + line.text.lstrip()) if line.role in PROSE and not line.spans else line
        for line in lines
    ]


def no_indent(lines: Lines, rng: Random) -> Lines:
    """With no line indented."""
    return [line if line.spans else replace(line, text=line.text.strip()) for line in lines]


def join_menus(lines: Lines, rng: Random) -> Lines:
    """With runs of short furniture of one role on one line."""
    glue = rng.choice((" ", " | ", "|", "  ", "", " · ", "\u00a0"))
    out: Lines = []
    for line in lines:
        last = out[-1] if out else BLANK
        short = (
            line.letter == "n"
            and line.role in ("menu", "tool", "pager", "tag", "footer", "crumb")
            and len(line.text) < 20
        )
        if short and last.role == line.role and last.letter == "n" and len(last.text) < 400:
            out[-1] = replace(last, text=last.text.rstrip() + glue + line.text.strip())
        else:
            out.append(line)
    return out


def split_menus(lines: Lines, rng: Random) -> Lines:
    """With furniture that stood on one line as a word a line."""
    out: Lines = []
    for line in lines:
        words = line.text.replace("|", " ").split()
        if line.letter == "n" and line.role in ("menu", "footer", "tag", "tool", "pager") and len(words) > 2:
            out.extend(replace(line, text=word) for word in words)
        else:
            out.append(line)
    return out


def bullets(lines: Lines, rng: Random) -> Lines:
    """With bullets before menus and lists of headlines, now and then each line twice."""
    bullet, twice = rng.choice(BULLETS), rng.random() < 0.3
    out: Lines = []
    for line in lines:
        if (
            line.letter == "n"
            and line.role in ("menu", "related", "teaser", "crumb", "pager")
            and line.text.strip()[0].isalnum()
        ):
            text = line.text.strip()
            out.append(replace(line, text=bullet + text))
            if twice and line.role == "related":
                out.append(replace(line, text="    " + text))
        else:
            out.append(line)
    return out


def hard_wrap(lines: Lines, rng: Random) -> Lines:
    """With prose broken over lines of one width, as pages of the early web have it."""
    width = rng.randint(16, 48)
    out: Lines = []
    for line in lines:
        if line.letter == "b" and line.role in PROSE and len(line.text) > width and not line.spans:
            out.extend(
                replace(line, text=line.text[i : i + width])
                for i in range(0, len(line.text), width)
                if line.text[i : i + width].strip()
            )
        else:
            out.append(line)
    return out


def one_line(lines: Lines, rng: Random) -> Lines:
    """With neighbouring paragraphs run together on one long line."""
    out: Lines = []
    for line in lines:
        last = out[-1] if out else BLANK
        if (
            line.letter == "b" == last.letter
            and line.role in PROSE
            and last.role in PROSE
            and not line.spans
            and not last.spans
        ):
            out[-1] = replace(last, text=last.text.rstrip() + rng.choice(("", " ", "　　")) + line.text.strip())
        elif line.letter or last.role not in PROSE:
            out.append(line)
    return out


def markup_source(lines: Lines, rng: Random) -> Lines:
    """With neighbouring lines of body as one line of Markdown or HTML source, as pasted posts are."""
    dress = rng.choice((_markdown, _markdown, _html))
    out: Lines = []
    parts: list[str] = []
    limit = rng.choice((3, 8, 20, 60))

    def flush() -> None:
        if parts:
            out.append(LabelledLine(rng.choice((" ", " ", "")).join(parts), "b", "para"))
            parts.clear()

    for line in lines:
        if line.letter == "b" and line.role != "title" and not line.spans:
            parts.append(dress(line, rng))
            if len(parts) >= limit:
                flush()
        elif line.letter:
            flush()
            out.append(line)
    flush()
    return out


def _markdown(line: LabelledLine, rng: Random) -> str:
    text = line.text.strip()
    host = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 9)))
    address = f"https://{host}.example/{''.join(rng.choices('0123456789abcdef', k=rng.randint(6, 24)))}"
    if rng.random() < 0.08:
        text = f"![{rng.choice(('', '图片', 'image.png', text[:6]))}]({address}.png) {text}"
    if rng.random() < 0.05:
        text = f"[{text[:12]}]({address}) {text[12:]}"
    if rng.random() < 0.1 and len(text) > 8:
        text = f"**{text[:6]}**{text[6:]}"
    marks = {"subhead": "## ", "item": "- ", "quote": "> ", "row": "| "}
    return f"``` {text} ```" if line.role == "code" else marks.get(line.role, "") + text


def _html(line: LabelledLine, rng: Random) -> str:
    text = line.text.strip()
    if rng.random() < 0.1 and len(text) > 8:
        text = f"<strong>{text[:6]}</strong>{text[6:]}"
    if rng.random() < 0.06:
        text = f'<img src="https://img.example/{rng.randrange(10**8)}.jpg" alt="">{text}'
    tags = {"subhead": "h2", "item": "li", "quote": "blockquote", "row": "td", "code": "code"}
    tag = tags.get(line.role, "p")
    return f"<{tag}>{text}</{tag}>"


def cut_short(lines: Lines, rng: Random) -> Lines:
    """With the sentences of teasers and comments cut off as lists cut them."""
    end = rng.choice(("...", "…", "……", "...[详细]", "…【详细】", "...[全文]", "…查看全文", "..[更多]"))
    return [
        replace(line, text=line.text[: rng.randint(24, 70)].rstrip("。！？") + end)
        if line.letter == "n" and line.role == "teaser" and len(line.text) > 30
        else line
        for line in lines
    ]


def pipes(lines: Lines, rng: Random) -> Lines:
    """With `|` at both ends of each paragraph, as tables print."""
    return [
        replace(line, text=f"| {line.text.strip()} |")
        if line.role in PROSE and line.letter and not line.spans
        else line
        for line in lines
    ]


def half_width(lines: Lines, rng: Random) -> Lines:
    """With half-width marks for full-width ones."""
    table = str.maketrans("，：；！？（）", ",:;!?()")
    return [replace(line, text=line.text.translate(table)) for line in lines]


def anglicise(lines: Lines, phrases: Sequence[str], rng: Random) -> Lines:
    """With Latin text in the prose, as technical and academic pages have it: a gloss behind a clause, a name before
    one, now and then a line of it between paragraphs.
    """
    out: Lines = []
    for line in lines:
        if line.letter != "b" or line.spans or not phrases:
            out.append(line)
            continue
        text = line.text
        if line.role in PROSE and len(text) > 20:
            for _ in range(rng.choice((1, 1, 2, 4))):
                marks = [i + 1 for i, char in enumerate(text) if char in "，。；、：,"]
                at = rng.choice(marks) if marks else len(text)
                words = " ".join(rng.sample(phrases, min(len(phrases), rng.choice((1, 1, 2, 3)))))
                before = rng.random() < 0.5
                text = f"{text[:at]}{words}{text[at:]}" if before else f"{text[: at - 1]}（{words}）{text[at - 1 :]}"
        out.append(replace(line, text=text))
        if rng.random() < 0.06:
            listed = rng.choice((" ", ", ", ". ")).join(rng.sample(phrases, min(len(phrases), rng.randint(2, 8))))
            out.append(LabelledLine(rng.choice(("", "[1] ", "- ", "* ", "// ")) + listed, "b", "item"))
    return out


def latin_phrases(pages: Sequence[LabelledPage]) -> tuple[str, ...]:
    """The runs of Latin words in the pages' bodies: 3 to 60 characters with at least three letters."""
    found = {
        phrase.strip(" .,-_/:")
        for page in pages
        for line in page.lines
        if line.letter == "b"
        for phrase in re.findall(r"[A-Za-z][A-Za-z0-9 .,'_/()-]{2,59}", line.text)
    }
    return tuple(sorted(phrase for phrase in found if len(phrase) >= 3))


LAYOUTS: tuple[tuple[Callable[[Lines, Random], Lines], float], ...] = (
    (cut_short, 0.2), (markup_source, 0.1), (one_line, 0.05), (hard_wrap, 0.10), (join_menus, 0.25),
    (split_menus, 0.2), (bullets, 0.2), (reindent, 0.4),
    (pipes, 0.03), (half_width, 0.15), (no_indent, 0.2), (no_blanks, 0.35), (blanks_between, 0.12),
    (blanks_between_blocks, 0.12),
)  # fmt: skip
"""The changes in the order in which they apply, and how often each does."""


def relayout(lines: Lines, rng: Random) -> tuple[Lines, tuple[str, ...]]:
    """The lines laid out anew, and the names of the changes made."""
    made = []
    for change, rate in LAYOUTS:
        if rng.random() < rate:
            lines = change(lines, rng)
            made.append(change.__name__)
    return lines, tuple(made)
