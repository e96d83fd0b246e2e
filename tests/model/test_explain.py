import numpy as np
import pytest

from hansift.features import CONTEXT, MARKS, SHAPE
from hansift.model.explain import Explainer, gradient, page_gradient, word_parts
from hansift.model.linear import merged, probabilities
from hansift.model.readable import FAMILIES, READERS, meaning, readable
from hansift.text.restore import restore
from hansift.text.words import LONGEST, words


@pytest.mark.parametrize("merge", [False, True])
def test_the_terms_sum_to_the_scores(seeds, cleaner, drawn, merge):
    for page in seeds[:2]:
        explainer = Explainer(drawn, restore(page.text).text)
        for line in cleaner(page.text).lines:
            found = explainer.explain(line.number, word_parts(line.text) if merge else None)
            if line.label is None:
                assert found is None
                continue
            for step in (found.alone, *found.page):
                assert np.allclose(np.sum([term.adds for term in step.terms], axis=0), step.sums)
            assert np.allclose(probabilities(np.array([found.page[-1].sums])), [line.scores])
            assert np.allclose(probabilities(merged(np.array([found.alone.sums]))), [line.alone])


def test_the_pull_in_the_page_follows_the_log_odds_of_body(drawn, seeds):
    number = next(i for i, line in enumerate(seeds[0].lines) if line.letter == "b")
    found = Explainer(drawn, seeds[0].text).explain(number)
    pulls = [abs(term.pull) for term in found.page[-1].terms]
    assert pulls == sorted(pulls, reverse=True)
    for slopes, sums, bodies in ((gradient, found.alone.sums, 2), (page_gradient, found.page[-1].sums, 1)):
        here = np.array(sums) / 50
        powers = [np.append(np.exp(point), 1) for point in (here, *(here + 1e-6 * np.eye(len(here))))]
        odds = [np.log(power[:bodies].sum() / power[bodies:].sum()) for power in powers]
        assert np.allclose(slopes(here), (np.array(odds[1:]) - odds[0]) / 1e-6, atol=1e-4)


def test_astral_characters_keep_words_in_step(drawn):
    text = "𠮷野家🍜今天开业"
    names = {term.name for term in Explainer(drawn, text).explain(0, words(text)).alone.terms}
    assert {"「今天」", "「开业」"} <= names


def test_every_feature_reads(drawn):
    for feature in (*SHAPE, *CONTEXT, *MARKS):
        assert feature.name in READERS or any(feature.name.startswith(start) for start, _ in FAMILIES)
        assert all(readable(feature.name, byte) for byte in range(256))
        assert "1/" not in meaning(feature)


def test_words_are_found_in_either_script():
    assert "腳步聲" in word_parts("讓群眾暖心的腳步聲")
    assert "".join(word_parts("讓群眾𠮷暖心的腳步聲")) == "讓群眾𠮷暖心的腳步聲"


def test_words_join_to_the_text_and_are_capped():
    assert "".join(words("今天天气很好。 Hello")) == "今天天气很好。 Hello"
    long = "氍毹" * LONGEST
    assert "".join(words(long)) == long
    assert words(long)[-1] == long[LONGEST:]
