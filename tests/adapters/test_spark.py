"""Spark in its local mode: `mapInPandas` and `mapInArrow`."""

import shutil
import sys

import pytest

from hansift import Cleaner, HansiftError
from hansift.adapters.spark import spark_cleaner

pytestmark = pytest.mark.filterwarnings("default")  # those of the library's own making


@pytest.fixture(scope="module")
def spark(engine, tmp_path_factory):
    sql = engine("pyspark.sql")
    if not shutil.which("java"):
        pytest.skip("Spark is left out: no Java; .ci/run installs it")
    folder = tmp_path_factory.mktemp("spark")
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", str(folder))
        .config("spark.sql.warehouse.dir", str(folder))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()
    patch.undo()


@pytest.fixture(scope="module")
def frame(spark, rows):
    table = [(number, row["id"], row["text"]) for number, row in enumerate(rows)]
    return spark.createDataFrame([*table, (500, "missing", None)], "n int, `the id` string, text string").repartition(4)


def texts(frame):
    found = {row["n"]: row["text"] for row in frame.collect()}
    assert found[500] is None
    return [found[n] for n in range(500)]


def test_in_pandas(frame, cleaned):
    clean = spark_cleaner(frame)
    found = frame.mapInPandas(clean.in_pandas, clean.schema)
    assert found.schema == frame.schema
    assert texts(found) == cleaned


def test_in_arrow(frame, cleaned):
    clean = spark_cleaner(frame)
    found = frame.mapInArrow(clean.in_arrow, clean.schema)
    assert found.schema == frame.schema
    assert texts(found) == cleaned


def test_any_model_is_shipped_once(frame, drawn, drawn_cleaned, monkeypatch):
    """A function with a model is larger than what Spark sends with every task, so Spark broadcasts it."""
    from pyspark import SparkContext

    sent = []
    broadcast = SparkContext.broadcast
    monkeypatch.setattr(
        SparkContext, "broadcast", lambda self, value: sent.append(len(value)) or broadcast(self, value)
    )
    clean = spark_cleaner(frame, cleaner=Cleaner(drawn))
    assert texts(frame.mapInArrow(clean.in_arrow, clean.schema)) == drawn_cleaned
    assert len(sent) == 1
    assert sent[0] > 1 << 20
    clean = spark_cleaner(frame, cleaner=Cleaner(policy="recall"))
    assert len(texts(frame.mapInArrow(clean.in_arrow, clean.schema))) == 500
    assert len(sent) == 1


def test_the_column_that_is_missing_is_told(frame):
    with pytest.raises(HansiftError, match=r"no column 'body'.*one of n, the id, text"):
        spark_cleaner(frame, text="body")
