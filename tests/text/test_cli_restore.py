import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hansift.cli.restore import command
from hansift.errors import InputError

SEED = next((Path(__file__).parents[2] / "seeds").glob("001*.txt"))


def run(*args, **kwargs):
    return CliRunner().invoke(command, list(args), catch_exceptions=True, **kwargs)


def test_text_to_standard_output():
    result = run(str(SEED))
    assert result.exit_code == 0
    assert "發自內心" in result.output
    assert "(guó)" not in result.output
    assert run("-", input=SEED.read_bytes()).output == run(input=SEED.read_bytes()).output == result.output


def test_steps_as_lines_of_json():
    rows = [json.loads(row) for row in run("--steps", str(SEED)).output.split("\n") if row]
    assert {row["repair"] for row in rows} == {"readings", "bytes"}
    text = SEED.read_bytes().decode("utf-8")
    assert all(text[row["start"] : row["end"]] == row["old"] for row in rows)


def test_original_script():
    assert "发自内心" in run("--script", "original", str(SEED)).output


@pytest.mark.parametrize("data", [b"\xc4\xe3\xba\xc3", None])
def test_bad_input_is_named(tmp_path, data):
    path = tmp_path / "page.txt"
    if data:
        path.write_bytes(data)
    result = run(str(path))
    assert isinstance(result.exception, InputError)
    assert str(path) in str(result.exception)
