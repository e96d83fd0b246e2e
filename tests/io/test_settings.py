from __future__ import annotations

from pathlib import Path

import pytest

from hansift.errors import UsageError
from hansift.io.settings import resolve, shown


def test_flags_go_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.hansift]\npolicy = "recall"\ntext-key = "body"\nworkers = 3\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    environ = {"HANSIFT_WORKERS": "2", "HANSIFT_DROP_EMPTY": "yes", "OTHER": "x"}
    settings, origin = resolve({"workers": 1, "part_size": "4K", "id_key": None}, environ, below)
    assert (settings.policy, settings.text_key, settings.drop_empty) == ("recall", "body", True)
    assert (settings.workers, settings.part_size, settings.id_key) == (1, 4096, "id")
    assert origin["policy"] == str(tmp_path / "pyproject.toml")
    assert (origin["drop_empty"], origin["workers"], origin["id_key"]) == ("HANSIFT_DROP_EMPTY", "--workers", "default")
    assert "HANSIFT_DROP_EMPTY" in shown((settings, origin))


@pytest.mark.parametrize(
    ("flags", "environ", "text", "said"),
    [
        ({"workers": "many"}, {}, "", "--workers: 'many'"),
        ({"workers": "-1"}, {}, "", "--workers: '-1'"),
        ({"part_size": "0"}, {}, "", "--part-size"),
        ({"policy": "best"}, {}, "", "precision, balanced, recall"),
        ({}, {"HANSIFT_POLICI": "recall"}, "", "is policy meant"),
        ({}, {"HANSIFT_MAX_RECORD": "much"}, "", "a size such as 16M"),
        ({}, {}, "[tool.hansift]\ntextkey = 'a'", "is text_key meant"),
        ({}, {}, "[tool.hansift\n", "cannot be read"),
        ({}, {}, "[tool]\nhansift = 1", "not a table"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, flags: dict[str, str], environ: dict[str, str], text: str, said: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(UsageError, match=said):
        resolve(flags, environ, tmp_path)
