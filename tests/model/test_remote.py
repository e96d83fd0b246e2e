"""A model far away: any URL that fsspec opens, the Hub among them, and its digest."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hansift import Cleaner, HansiftError, load
from hansift.errors import ModelError, UsageError

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def memory(drawn_file):
    """The model of random weights in a store that is no folder."""
    store = fsspec.filesystem("memory")
    store.pipe("/models/model.npz", drawn_file.read_bytes())
    yield store
    store.rm("/models", recursive=True)


def test_a_url_is_read_like_a_file(memory, drawn_file):
    digest = load(drawn_file).header["digest"]
    for url in ("memory://models/model.npz", "memory://models", "memory://models/"):
        assert load(url).header["digest"] == digest
    assert Cleaner("memory://models").model.header["digest"] == digest


def test_the_digest_is_checked(memory, drawn_file):
    digest = load(drawn_file).header["digest"]
    assert load("memory://models", digest=digest).header["digest"] == digest
    for other in (digest[:-1], "0" * 64):
        with pytest.raises(ModelError, match="name the model that is meant"):
            load("memory://models", digest=other)
        with pytest.raises(ModelError, match="name the model that is meant"):
            load(drawn_file, digest=other)
    data = bytearray(drawn_file.read_bytes())
    data[len(data) // 2] ^= 1
    memory.pipe("/models/model.npz", bytes(data))
    with pytest.raises(ModelError, match=r"memory://models: (not a hansift model, or )?damaged"):
        load("memory://models")


def test_what_is_not_there_is_told(memory):
    with pytest.raises(ModelError, match=r"memory://none/model\.npz: cannot be fetched .*; check the address"):
        load("memory://none")
    with pytest.raises(UsageError, match="nosuchprotocol"):
        load("nosuchprotocol://a/b.npz")


def test_the_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(HansiftError, match=re.escape("hansift[remote]")):
        load("s3://bucket/model.npz")


@pytest.fixture
def hub(drawn_file):
    """The address of a server on this machine that answers what the Hub's client asks about one repository."""
    data = drawn_file.read_bytes()
    about = {"id": "org/name", "sha": "0" * 40, "siblings": [], "tags": [], "private": False, "downloads": 0}
    entry = {"type": "file", "path": "model.npz", "size": len(data), "oid": "1" * 40}

    class Hub(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, body, code=200, kind="application/json"):
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_GET(self):
            if self.path.startswith("/org/name/resolve/main/model.npz"):
                first, last = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "bytes=0-")).groups()
                self.answer(data[int(first) : int(last or len(data)) + 1], 206, "application/octet-stream")
            elif self.path.startswith("/api/models/org/name/tree"):
                self.answer(json.dumps([entry]).encode())
            elif self.path.startswith("/api/models/org/name"):
                self.answer(json.dumps(about).encode())
            else:
                self.answer(b'{"error": "Repository not found"}', 404)

        do_HEAD = do_GET  # noqa: N815  the name that is asked for

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.answer(json.dumps([entry]).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_repository_of_the_hub(hub, drawn_file, tmp_path):
    pytest.importorskip("huggingface_hub", reason="needs huggingface_hub; pip install 'hansift[engines]'")
    program = """
import sys, hansift
for url, digest in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        print(hansift.load(url, digest=digest).header["made"])
    except hansift.HansiftError as error:
        print(error)
"""
    digest = load(drawn_file).header["digest"]
    calls = [
        *("hf://org/name", digest, "hf://org/name/model.npz", digest, "hf://org/name@main", digest),
        *("hf://org/name", "0" * 64, "hf://org/none", digest),
    ]
    environment = {**os.environ, "HF_ENDPOINT": hub, "HF_HOME": str(tmp_path), "NO_PROXY": "*", "HF_HUB_OFFLINE": "0"}
    run = subprocess.run(
        [sys.executable, "-c", program, *calls], capture_output=True, text=True, check=True, timeout=60, env=environment
    )
    *found, pinned, none = run.stdout.removesuffix("\n").split("\n", 4)
    assert found == ["by drawing"] * 3
    assert "name the model that is meant" in pinned
    assert "hf://org/none/model.npz: cannot be fetched" in none
