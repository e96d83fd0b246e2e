"""Words by jieba's dictionary, for people to read and for measurement; no line is judged by them."""

from __future__ import annotations

import logging
import tempfile
import warnings
from functools import cache
from typing import Any

LONGEST = 4096
"""Characters of a line that are segmented: what lies behind them comes as one piece."""


@cache
def tokenizer() -> Any:
    """A tokenizer of our own, made once a process in about a second.

    jieba's shared one reads a cache that any user of the machine could have put into the temporary folder.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    # importing jieba sets its logger to DEBUG
    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="hansift-") as folder:
        own.tmp_dir = folder
        own.initialize()
    return own


def words(text: str) -> list[str]:
    """The words of a text, in order, which joined are the text again; without jieba's model of unknown words, whose
    time grows with the square of a run of unknown characters.
    """
    cut: list[str] = tokenizer().lcut(text[:LONGEST], HMM=False)
    return [*cut, text[LONGEST:]] if len(text) > LONGEST else cut


def dictionary(longest: int) -> list[str]:
    """The dictionary's words of up to that many characters, sorted."""
    return sorted(word for word, count in tokenizer().FREQ.items() if count and len(word) <= longest)
