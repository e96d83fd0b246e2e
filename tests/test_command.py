"""The command as people call it: in a process of its own, on what they have, with what is wrong with it."""

import json
import sys

import pytest

from hansift import __version__


@pytest.fixture
def pages(tmp_path):
    """A folder with two pages, and what should not be among them."""
    (tmp_path / "good.txt").write_text("首页\n\n他说，这件事还要从头说起。", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "torn.txt").write_bytes("首页正文".encode() + b"\xff\xfe")
    (tmp_path / "torn.jsonl").write_bytes(
        '{"id": "1", "text": "正文'.encode() + b'\xff\xfe"}\n{"id": "2", "text": "\xe9\xa6\x96"}\n'
    )
    return tmp_path


def test_version_and_help(command):
    assert command("--version").out == f"hansift {__version__}\n".encode()
    for args in ((), ("--help",), ("-h",)):
        ran = command(*args)
        told = ran.out.decode() + ran.err
        assert all(
            name in told for name in ("clean", "label", "train", "evaluate", "data", "explain", "replay", "restore")
        )
    assert command("--help").code == 0


@pytest.mark.parametrize("name", ["clean", "label", "train", "evaluate", "explain", "replay", "restore", "data"])
def test_every_command_says_what_it_does(cli, name):
    ran = cli(name, "--help")
    assert ran.code == 0
    assert len(ran.out.decode().split("\n")) > 5


@pytest.mark.parametrize(
    "args", [("nothing",), ("clean", "--nothing"), ("clean", "--policy", "careful", "x"), ("train",)]
)
def test_wrong_usage_is_two(cli, args):
    ran = cli(*args)
    assert ran.code == 2
    assert ran.err


@pytest.mark.parametrize("model", ["none.npz", "good.txt"])
def test_a_bad_model_is_two(cli, pages, model):
    ran = cli("clean", "--model", pages / model, pages / "good.txt")
    assert ran.code == 2
    assert model in ran.err
    assert "train" in ran.err


@pytest.mark.parametrize("name", ["clean", "label"])
@pytest.mark.parametrize(
    ("bad", "remedy"),
    [
        ("none.txt", "check the path"),
        ("binary.txt", "give the extracted text"),
        ("torn.txt", "name it with --encoding"),
        ("torn.jsonl", "name another --encoding"),
        ("empty.txt", "leave it out"),
    ],
)
def test_a_bad_input_is_named_and_the_others_are_done(command, pages, name, bad, remedy):
    ran = command(name, pages / bad, pages / "good.txt")
    assert ran.code == 1
    assert bad in ran.err
    assert remedy in ran.err
    assert ran.out
    good = command(name, pages / "good.txt").out.strip()
    assert (
        good in ran.out or json.dumps(good.decode(), ensure_ascii=False).encode() in ran.out
    )  # beside JSONL, as JSONL


def test_a_path_that_cannot_be_read(command, pages):
    (pages / "loop.txt").symlink_to(pages / "loop.txt")
    for path in (pages / "loop.txt", pages / "good.txt" / "inside.txt"):
        ran = command("clean", path, pages / "good.txt")
        assert ran.code == 1
        assert path.name in ran.err
        assert "check the path" in ran.err
        assert ran.out == command("clean", pages / "good.txt").out


def test_standard_streams(command, pages):
    content = (pages / "good.txt").read_bytes()
    out = command("clean", pages / "good.txt").out
    assert command("clean", "-", input=content).out == command("clean", input=content).out == out
    assert command("clean", pages / "good.txt", "-o", "-").out == out


def test_the_contract_of_label(command, tmp_path):
    texts = ["首页\n\n  正文，正文。\u2028\n", "", "\n", "他说：国（guó）家\r\n|"]
    rows = [{"id": f"n{i}", "text": text, "more": 1} for i, text in enumerate(texts)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = command("label", "--format", "jsonl", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl")
    assert (ran.code, ran.out) == (0, b"")
    made = [json.loads(row) for row in (tmp_path / "out.jsonl").read_text("utf-8").split("\n") if row]
    assert [row["id"] for row in made] == ["n0", "n1", "n2", "n3"]
    for row, text in zip(made, texts, strict=True):
        lines = text.split("\n")
        assert [label is None for label in row["labels"]] == [not line.strip() for line in lines]
        assert set(row["labels"]) <= {"body", "nav", "spam", None}
        for label, scores in zip(row["labels"], row["scores"], strict=True):
            assert (scores is None) == (label is None)
            assert scores is None or abs(sum(scores) - 1) < 1e-9
        for number, spans in row.get("cuts", {}).items():
            assert all(0 <= start < end <= len(lines[int(number)]) for start, end in spans)


def test_a_closed_pipe_is_no_error(pages):
    import subprocess

    call = [sys.executable, "-m", "hansift", "label", "--format", "tsv", *[str(pages / "good.txt")] * 2000]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
