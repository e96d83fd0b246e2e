"""The README's comparison with other extractors: `python tests/bench/bench_extractors.py GOLD.jsonl [GOLD.jsonl ...]`.

Needs the extra `bench`, which pip installs from 23.3 on; a tool that is not installed is left out, and named. Each tool
is given the pages' HTML and judged by the text that it gives back, by the `score.py` that stands beside the first GOLD
file. Prints Markdown.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

Tool = Callable[[str], str]
FIGURES = ("body_char_recall", "char_f1", "char_f1_by_page", "line_macro_f1", "clean_pages")
HEADER = ("", "body kept", "character F1", "F1 by page", "line macro-F1", "clean pages", "MB/s of HTML")


def hansift() -> Tool:
    from hansift import Cleaner

    cleaner = Cleaner()
    return lambda html: cleaner(html=html).text


def hansift_text() -> Tool:
    from hansift import Cleaner

    cleaner = Cleaner(markup=False)
    return lambda html: cleaner(html=html).text


def trafilatura() -> Tool:
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False) or ""


def trafilatura_precision() -> Tool:
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False, favor_precision=True) or ""


def readability() -> Tool:
    from lxml.html import document_fromstring
    from readability import Document

    def run(html: str) -> str:
        document = Document(html)
        body = document_fromstring(document.summary())
        for block in body.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
            block.tail = "\n" + (block.tail or "")
        return f"{document.title()}\n{body.text_content()}"

    return run


def magic_html() -> Tool:
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()

    def run(html: str) -> str:
        from lxml.html import document_fromstring

        found = extractor.extract(html, base_url="http://example.com/")
        body = document_fromstring(found["html"] or "<p></p>")
        for block in body.iter("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"):
            block.tail = "\n" + (block.tail or "")
        return f"{found.get('title', '')}\n{body.text_content()}"

    return run


def newspaper4k() -> Tool:
    from newspaper import Article

    def run(html: str) -> str:
        article = Article("http://example.com/", language="zh")
        article.download(input_html=html)
        article.parse()
        return f"{article.title}\n{article.text}"

    return run


def resiliparse() -> Tool:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, preserve_formatting=True, main_content=True))


def justext() -> Tool:
    from justext import justext as paragraphs_of

    settings = {"length_low": 20, "length_high": 60, "stopwords_low": 0, "stopwords_high": 0, "max_link_density": 0.2}
    return lambda html: "\n".join(
        part.text for part in paragraphs_of(html, frozenset(), **settings) if not part.is_boilerplate
    )


TOOLS: dict[str, Callable[[], Tool]] = {
    "**hansift**": hansift,
    "hansift, --no-markup": hansift_text,
    "trafilatura": trafilatura,
    "trafilatura, precision": trafilatura_precision,
    "readability-lxml": readability,
    "magic-html": magic_html,
    "newspaper4k": newspaper4k,
    "resiliparse": resiliparse,
    "jusText": justext,
}


def score_beside(path: Path) -> Any:
    """The module score.py in the folder of a GOLD file."""
    spec = importlib.util.spec_from_file_location("score", path.with_name("score.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(name: str, pages: dict[str, Any], score: Any) -> tuple[str, ...]:
    """The row of one tool; a page on which it fails counts as one of which it keeps nothing."""
    tool = TOOLS[name]()
    tool("<p>warm</p>" * 30) if name.startswith(("**", "hansift")) else None
    texts, failed = {}, 0
    start = process_time()
    for key, page in pages.items():
        try:
            texts[key] = {"text": tool(page["html"])}
        except Exception as error:
            failed += 1
            texts[key] = {"text": ""}
            print(f"{name}: {key}: {error!r}"[:200], file=sys.stderr)
    rate = sum(len(page["html"].encode()) for page in pages.values()) / (process_time() - start) / 1e6
    found = score.score(pages, texts)
    shown = ["–" if found[figure] is None else f"{found[figure]:.3f}" for figure in FIGURES[:-1]]
    return (name, *shown, f"{found['clean_pages'] or 0:.0%}", f"{rate:.1f}")


def main(paths: list[str]) -> None:
    """Prints a table a file."""
    score = score_beside(Path(paths[0]))
    for path in paths:
        pages = {key: page for key, page in score.load(path).items() if page.get("html")}
        print(f"\n{Path(path).stem}: {len(pages)} pages\n\n| {' | '.join(HEADER)} |\n|{'---|' * len(HEADER)}")
        for name in TOOLS:
            try:
                print(f"| {' | '.join(measured(name, pages, score))} |", flush=True)
            except ImportError as error:
                print(f"{name}: not installed ({error}); pip install 'hansift[bench]'", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1:])
