"""The weights for pages whose markup is known: a second head of the page step, learnt from rendered pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from hansift.corpus.folds import folds
from hansift.corpus.labelled import LETTERS, LabelledPage
from hansift.corpus.mix import interlink
from hansift.corpus.render import bare, rendered
from hansift.features import CONTEXT, MARKS, SHAPE, Features, features_of
from hansift.features.batch import Bytes, Ints
from hansift.features.context import Floats
from hansift.features.marks import Marked
from hansift.features.weighed import Own, own_of
from hansift.model.linear import (
    MarkedModel,
    kind_odds,
    list_odds,
    log_odds,
    marked_columns,
    marked_in,
    merged,
    page_columns,
)
from hansift.model.tables import UNIT
from hansift.page import LABELS
from hansift.text.html import Markup
from hansift.text.html.walk import extract
from hansift.text.restore import restore
from hansift.train import fit as fitting
from hansift.train.encode import encoder
from hansift.train.lines import Judges, whole
from hansift.train.logistic import Task, by_rounds, linear, said, without_each
from hansift.train.thresholds import calibration, thresholds

SEED = 7
HANDS, HANDS_OF_COPIES, HANDS_OF_SEEDS = 3, 1, 8
"""How many hands write each labelled page, each page of the generator, and each seed once more."""
INTERLINKED = 0.3
"""How many of the generator's pages have links to others among their paragraphs."""
SHAKE = (0.7, 0.7, 0.7, 0.7)
"""As of the first step: what is said of the kinds of a page's lines is shifted before the head learns from it."""
STRENGTH, ROUNDS = 448.0, 60
"""As of the page step. By the rule of `hansift.train.penalty`, the strongest penalty within one standard error of the
least loss where sites and skeletons of markup are held out. Losses in nats, of a first stage with one hand a page: .214
at 28, .178 at 112, .167 at 224, .160 at 448, .156 at 1,792, standard error .0075; F1 of characters .937, .949, .952,
.954, .956.
"""
STAGES = 2
"""How often the lines are judged in their page: the second time by what markup made of the page the first, where its
neighbours and main block were found by their text alone. With two hands a page, sites and skeletons of markup held out,
the second stage lowers the loss by page from .2187 to .2091, in nats, and raises F1 of characters from .940 to .947.
"""
TEXT_SHARE = 0.2
"""How much of what is said of a line is what its text alone says: real markup is further from the generator's than its
hands are from each other. By the rule of `hansift.train.penalty`, the largest that is within one standard error of the
least loss on sites and skeletons held out. Losses in nats, with two hands a page: .2041 without, .2091 at .2, .2139
with .3 in the second stage, standard error .0053.
"""
MOST_KIND = 127
"""The largest weight of an n-gram for a kind of lines: a byte each, for the head rounds what they come to anyway. Of
10,999 lines of 78 real pages 3 had another label by weights of two bytes.
"""
BODY_WORTH = 1.0
"""As for text, but lower: with markup little body is lost at even odds, where held-out F1 of characters is highest."""


@dataclass(frozen=True, slots=True)
class Written:
    """Pages as their HTML gives them back: features, markup a page, the label number and the fold of each line."""

    features: Features
    markups: Sequence[Markup]
    truth: Ints
    fold: Ints


@dataclass(frozen=True, slots=True)
class FittedMarkup:
    """The head, and what heads that had not seen a line's site said of the m lines: `margins` (m, 2), beside their
    `truth` (m,); those of the labelled pages come first, in as many rounds as there are HANDS.
    """

    marked: MarkedModel
    margins: Floats
    truth: Ints


def written(pages: Sequence[LabelledPage], fold: Mapping[str, int], seed: int, copies: int) -> Written:
    """The pages written as HTML and read again; `fold` is that of each site."""
    texts, markups, truth, of_line = [], [], [], []
    numbers = {letter: LABELS.index(label) for letter, label in LETTERS.items()}
    for page, html in rendered(pages, seed, copies):
        found = extract(html)
        assert bare(found.text) == bare(page.text), page.name
        texts.append(restore(found.text).text)
        markups.append(found.markup)
        own = [numbers[line.letter] for line in page.lines if line.letter]
        truth.extend(own)
        of_line.extend([fold[page.site]] * len(own))
    return Written(features_of(texts), markups, np.array(truth, dtype=np.int64), np.array(of_line, dtype=np.int64))


def interlinked(page: LabelledPage) -> LabelledPage:
    """The page, now and then with links to others among its paragraphs."""
    rng = Random(f"interlinked {page.name}")
    return replace(page, lines=tuple(interlink(list(page.lines), rng))) if rng.random() < INTERLINKED else page


@dataclass(frozen=True, slots=True)
class Known:
    """What does not change from stage to stage: the pages, what their markup says by itself, and what first steps that
    had not seen their sites say of their lines, `alone`: log-odds (m, 4), shaken to learn from, and as they are; and
    what the lines' `own` characters say besides, by both.
    """

    pages: Written
    marked: Marked
    alone: tuple[Floats, Floats]
    own: tuple[Own, Own]


def known(pages: Written, judges: Judges, kinds: Judges) -> Known:
    """What is known of the pages before the first stage."""
    features = pages.features
    page, marked = features.rows.page, marked_in(features, pages.markups)
    alone, of_kinds = judges(features, pages.fold), kinds(features, pages.fold)
    both = fitting.shaken(alone, page), alone
    both_kinds = fitting.shaken(of_kinds, page, SHAKE, draw=1), of_kinds
    learnt, judged = (
        own_of(marked, log_odds(merged(own))[0], kind_odds(kind)) for own, kind in zip(both, both_kinds, strict=True)
    )
    return Known(pages, marked, both, (learnt, judged))


def seen(parts: Sequence[Known], margins: tuple[Floats, Floats]) -> tuple[Bytes, Bytes]:
    """What a stage sees of the lines of all parts, (f, m), by `margins` (m, 2): to learn from, and as it is."""
    ends = np.cumsum([len(part.pages.truth) for part in parts])[:-1]

    def columns(which: int) -> Bytes:
        found = []
        for part, own in zip(parts, np.split(margins[which], ends), strict=True):
            features, listed = part.pages.features, list_odds(part.alone[which])
            context = page_columns(features, own, listed)
            found.append(marked_columns(part.marked, part.own[which], context, own))
        return np.concatenate(found, axis=1)

    return columns(0), columns(1)


def fit_markup(
    fitted: fitting.Fitted, kinds: Judges, pages: Sequence[LabelledPage], copies: Sequence[LabelledPage]
) -> FittedMarkup:
    """The head fitted on labelled pages and the generator's copies of them, each written by some hands; `kinds` tell
    KINDS of lines from body.
    """
    sites = [page.site for page in (*pages, *copies)]
    copies = [interlinked(page) for page in copies]
    fold = dict(zip(sites, folds(sites), strict=True))
    seeds = [page for page in pages if page.seed]
    batches = [(pages, HANDS), (copies, HANDS_OF_COPIES), (seeds, HANDS_OF_SEEDS)]
    parts = [
        known(written(some, fold, SEED + i, hands), fitted.judges, kinds)
        for i, (some, hands) in enumerate(batches)
        if some
    ]
    truth, of_line = (np.concatenate([getattr(part.pages, name) for part in parts]) for name in ("truth", "fold"))
    visible = np.concatenate([part.pages.features.rows.visible for part in parts])
    learnt, judged = (np.concatenate([merged(part.alone[which]) for part in parts]) for which in (0, 1))
    stages = []
    for _ in range(STAGES):
        tables, bias, (learnt, judged) = fit_stage(fitted, seen(parts, (learnt, judged)), truth, of_line)
        stages.append((whole(tables), whole(bias)))
    chosen = thresholds(judged, truth, visible, BODY_WORTH)
    every_stage, biases = zip(*stages, strict=True)
    return FittedMarkup(MarkedModel(kinds.model(MOST_KIND), every_stage, np.stack(biases), chosen), judged, truth)


@by_rounds()
def fit_stage(
    fitted: fitting.Fitted, columns: tuple[Bytes, Bytes], truth: Ints, of_line: Ints
) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
    """The tables (f, 256, 2) and bias (2,) of a stage, in log-odds, and what those that had not seen a line's site say
    of it, (m, 2): of what there was to learn from, and of what is.
    """
    learnt, judged = columns
    encode = encoder(learnt, (*SHAPE, *CONTEXT, *MARKS))
    task = Task(encode(learnt), truth, np.ones(len(truth)), len(LABELS), fitting.NAV)
    strength = STRENGTH / len(truth)
    weights, bias = linear(task, strength, ROUNDS)
    # two folds at a time are held back, which halves the fits
    without = without_each(task, of_line // 2, strength, ROUNDS)
    of_text = len(SHAPE) + len(CONTEXT)

    def shared(own: Floats, columns: Bytes) -> Floats:
        """Margins (m, 2) with the text's share."""
        text: Floats = fitted.page_judges(columns[:of_text], of_line)
        return (1 - TEXT_SHARE) * own + TEXT_SHARE * text

    to_learn = shared(said(task.matrix, of_line // 2, without), learnt)
    as_is = shared(fitting.said_by_tables(encode, judged, of_line // 2, without), judged)
    sharpness = calibration(to_learn, truth)
    tables, bias = (1 - TEXT_SHARE) * encode.tables(weights), (1 - TEXT_SHARE) * bias
    tables[:of_text] += TEXT_SHARE / UNIT * fitted.model.stages[-1]
    bias += TEXT_SHARE / UNIT * fitted.model.bias[-1]
    return tables * sharpness, bias * sharpness, (to_learn * sharpness, as_is * sharpness)
