"""What many tests share: the seeds, and models that need no training."""

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from hansift import Cleaner
from hansift.corpus.labelled import read_folder
from hansift.features import CONTEXT, SHAPE
from hansift.features.ngrams import BUCKETS, ORDERS
from hansift.model.linear import GROUP_MARGINS, MARGINS, CutModel, Model
from hansift.model.segments import SEGMENT

ROOT = Path(__file__).parents[1]

# The same examples in every run; HANSIFT_FULL draws new ones, and more of them.
settings.register_profile("project", deadline=None, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=1000)
settings.load_profile("full" if os.environ.get("HANSIFT_FULL") else "project")


@pytest.fixture(scope="session")
def root():
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seeds():
    """The five labelled seeds."""
    return list(read_folder(ROOT / "data" / "seeds"))


@pytest.fixture(scope="session")
def drawn():
    """A model of random weights: it knows nothing of Chinese, and every weight of it counts."""
    rng = np.random.default_rng(20240229)

    def tables(*shape, spread=3000):
        return rng.integers(-spread, spread, shape).astype(np.int32)

    return Model(
        grams=rng.integers(-32767, 32768, (ORDERS, BUCKETS, GROUP_MARGINS)).astype(np.int16),
        gram_unit=3e-5,
        alone=tables(len(SHAPE), 256, GROUP_MARGINS),
        stages=tuple(tables(len(SHAPE) + len(CONTEXT), 256, MARGINS) for _ in range(2)),
        alone_bias=tables(GROUP_MARGINS),
        bias=tables(2, MARGINS),
        rarity=rng.integers(0, 17, BUCKETS).astype(np.uint8),
        thresholds=np.array([1.0, 0.0, -1.0]),
        cut=CutModel(tables(len(SEGMENT), 256, 1, spread=4000), 0, 0.5, 0.03),
        header={"made": "by drawing"},
    )


@pytest.fixture(scope="session")
def cleaner(drawn):
    """A cleaner that decides at random, and always alike."""
    return Cleaner(drawn)
