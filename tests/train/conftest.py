import pytest

from hansift.train.fit import fit


@pytest.fixture(scope="session")
def fitted(seeds):
    """A model of the five seeds, with what models of four said of the fifth."""
    return fit(seeds)
