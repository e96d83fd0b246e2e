import numpy as np
import pytest

from hansift.model.tables import paired_tables, table_sums


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_tables_are_summed(columns):
    rng = np.random.default_rng(columns)
    tables = rng.integers(-(2**24), 2**24, (5, 256, columns)).astype(np.int32)
    bytes_ = rng.integers(0, 256, (5, 7)).astype(np.uint8)
    slow = [[sum(int(tables[f, bytes_[f, row], c]) for f in range(5)) for c in range(columns)] for row in range(7)]
    assert table_sums(paired_tables(tables), bytes_, columns).tolist() == slow
