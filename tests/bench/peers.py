"""Other ways to put a label on lines, trained on the same labelled lines: each is a function from pages to nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from html import escape
from importlib.util import find_spec
from pathlib import Path

from tests.bench.workload import ROOT

from hansift.corpus.labelled import read_folder

Work = Callable[[list[str]], object]


def labelled() -> tuple[list[str], list[str]]:
    """The corpus: its lines that are not blank, and their letters."""
    lines = [line for page in read_folder(ROOT / "data" / "pages") for line in page.lines if line.letter]
    return [line.text.strip() for line in lines], [line.letter for line in lines]


def lines_of(pages: list[str]) -> list[str]:
    """The lines of the pages that are not blank."""
    return [line for page in pages for line in page.split("\n") if line.strip()]


def reading() -> Work:
    """Bytes to text to lines and back, a page at a time."""
    raw: dict[int, list[bytes]] = {}

    def pass_through(pages: list[str]) -> object:
        data = raw.setdefault(id(pages), [page.encode() for page in pages])
        return ["\n".join(one.decode().split("\n")).encode() for one in data]

    return pass_through


def fasttext() -> Work:
    """Supervised, characters 1 to 3, 16 dimensions; all lines in one call, already apart."""
    import fasttext as library

    library.FastText.eprint = lambda _: None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.txt"
        rows = zip(*labelled(), strict=True)
        path.write_text("".join(f"__label__{letter} {line}\n" for line, letter in rows), encoding="utf-8")
        model = library.train_supervised(str(path), minn=1, maxn=3, dim=16, epoch=5, thread=1, verbose=0)
    return lambda pages: model.f.multilinePredict(lines_of(pages), 1, 0.0, "strict")


def scikit() -> Work:
    """Characters 1 to 3, TF-IDF, logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    lines, letters = labelled()
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), max_features=200_000),
        LogisticRegression(max_iter=300, tol=1e-2),
    )
    model.fit(lines[::5], letters[::5])
    return lambda pages: model.predict(lines_of(pages))


def jieba() -> Work:
    """Words alone, without a model behind them."""
    from hansift.text.words import tokenizer

    cut = tokenizer().lcut
    return lambda pages: [cut(line, HMM=False) for line in lines_of(pages)]


def trafilatura() -> Work:
    """The same text in HTML, a paragraph a line."""
    import trafilatura as library

    def extract(pages: list[str]) -> object:
        return [library.extract(wrapped(page)) for page in pages]

    return extract


def wrapped(page: str) -> str:
    """The page as HTML."""
    body = "".join(f"<p>{escape(line)}</p>\n" for line in page.split("\n") if line.strip())
    return f"<html><head><title>页</title></head><body><article>{body}</article></body></html>"


def peers() -> Iterator[tuple[str, Work, int]]:
    """Those that are installed: name, work, and of how many pages one is measured, for the slow ones take long."""
    yield "decode, split, join, encode", reading(), 1
    for name, module, make, share in (
        ("fastText, best batch mode", "fasttext", fasttext, 2),
        ("scikit-learn, characters 1 to 3", "sklearn", scikit, 10),
        ("jieba, words alone", "jieba", jieba, 20),
        ("trafilatura, of HTML", "trafilatura", trafilatura, 10),
    ):
        if find_spec(module):
            yield name, make(), share
        else:
            print(f"{name}: not installed; pip install -e '.[bench]'")
