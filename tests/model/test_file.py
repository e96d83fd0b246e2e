"""A model file is numbers: what cannot be read is a ModelError with a remedy, and never anything else."""

import io
import json
import pickle
import struct
import zipfile
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from hansift import Cleaner, HansiftError, load
from hansift.errors import ModelError
from hansift.model import file
from hansift.model.file import arrays_of, save

REMEDY = "train"


@pytest.fixture(scope="session")
def saved(drawn, tmp_path_factory):
    """A small model, most of its weights nothing, as a file."""
    small = replace(drawn, alone=replace(drawn.alone, grams=np.zeros_like(drawn.alone.grams)))
    path = tmp_path_factory.mktemp("model") / "model.npz"
    save(small, path)
    return path


def refused(path):
    with pytest.raises(ModelError) as error:
        load(path)
    assert str(path) in str(error.value)
    assert REMEDY in str(error.value)
    assert isinstance(error.value, HansiftError)
    return str(error.value)


def same(one, other):
    mine, theirs = arrays_of(one), arrays_of(other)
    return mine.keys() == theirs.keys() and all(
        mine[name].dtype == theirs[name].dtype and (mine[name] == theirs[name]).all() for name in mine
    )


def written(path, arrays):
    """An archive of arrays, as `save` writes it but for what is wrong with it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=True)
            archive.writestr(f"{name}.npy", content.getvalue())
    return path


def changed(saved, path, **news):
    """The saved model with other values in its header."""
    with np.load(saved) as opened:
        arrays = dict(opened)
    header = json.loads(arrays["header"].tobytes()) | news
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    return written(path, arrays)


@pytest.mark.parametrize("cut", [True, False])
def test_what_is_saved_is_loaded(drawn, tmp_path, cut):
    model = drawn if cut else replace(drawn, cut=None)
    digest = save(model, tmp_path / "a" / "m.npz")
    back = load(tmp_path / "a" / "m.npz")
    assert same(back, model)
    assert back.header["digest"] == digest
    assert back.header["made"] == "by drawing"
    assert (back.cut is None) != cut


def test_the_same_model_is_the_same_bytes(saved, tmp_path):
    save(load(saved), tmp_path / "again.npz")
    save(load(tmp_path / "again.npz"), tmp_path / "more.npz")
    assert saved.read_bytes() == (tmp_path / "again.npz").read_bytes() == (tmp_path / "more.npz").read_bytes()


def test_a_cleaner_takes_a_model_or_its_path(saved, seeds):
    page = seeds[0].text
    one, two, three = (Cleaner(model)(page) for model in (load(saved), saved, str(saved)))
    assert one == two == three


def test_a_flipped_byte_is_seen(saved, tmp_path):
    whole, rng, path = saved.read_bytes(), Random(1), tmp_path / "flipped.npz"
    model, harmless = load(saved), 0
    for _ in range(150):
        damaged = bytearray(whole)
        damaged[rng.randrange(len(whole))] ^= rng.randrange(1, 256)
        path.write_bytes(damaged)
        try:
            back = load(path)
        except ModelError:
            refused(path)
        else:
            harmless += 1
            assert same(back, model)
    assert harmless < 15


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.9, 0.9999])
def test_a_truncated_file(saved, tmp_path, share):
    whole = saved.read_bytes()
    path = tmp_path / "half.npz"
    path.write_bytes(whole[: int(len(whole) * share)])
    refused(path)


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 9, "正文".encode(), pickle.dumps({"grams": 1})])
def test_no_model_at_all(tmp_path, content):
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    refused(path)


def test_a_missing_file_and_a_folder(tmp_path):
    assert "no such model" in refused(tmp_path / "none.npz")
    refused(tmp_path)


def test_another_format(saved, tmp_path):
    assert "format 99" in refused(changed(saved, tmp_path / "m.npz", format=99))
    assert "format None" in refused(changed(saved, tmp_path / "n.npz", format=None))


def test_other_features(saved, tmp_path):
    assert "features" in refused(changed(saved, tmp_path / "m.npz", features=[["length", "ordinal", "shape"]]))


def test_a_wrong_digest(saved, tmp_path):
    assert "digest" in refused(changed(saved, tmp_path / "m.npz", digest="0" * 64))


@pytest.mark.parametrize("header", [b"", b"{", b"[]", b"1", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000])
def test_a_header_that_is_none(saved, tmp_path, header):
    with np.load(saved) as opened:
        arrays = dict(opened) | {"header": np.frombuffer(header, dtype=np.uint8)}
    refused(written(tmp_path / "m.npz", arrays))


@pytest.mark.parametrize("name", ["header", "alone_grams", "stages", "alone_unit", "thresholds", "cut_numbers", "bias"])
def test_a_missing_array(saved, tmp_path, name):
    with np.load(saved) as opened:
        arrays = {key: opened[key] for key in opened if key != name}
    if name != "header":
        header = json.loads(arrays.pop("header").tobytes())
        header["digest"] = file.digest(arrays)
        arrays["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    refused(written(tmp_path / "m.npz", arrays))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("alone_grams", np.zeros((1, 2, 3), dtype=np.int16)),
        ("stages", np.zeros(4, dtype=np.int32)),
        ("stages", np.zeros((2, 3, 256, 2), dtype=np.int32)),
        ("alone_unit", np.zeros(0)),
        ("cut_numbers", np.zeros(1)),
        ("cut", np.zeros((1, 1), dtype=np.int32)),
        ("bias", np.zeros(1, dtype=np.int32)),
        ("thresholds", np.array(["a", "b", "c"])),
        ("alone_grams", np.zeros((3, 65536, 4), dtype="U1")),
    ],
)
def test_arrays_of_another_form(saved, tmp_path, name, array):
    with np.load(saved) as opened:
        arrays = dict(opened) | {name: array}
    header = json.loads(arrays.pop("header").tobytes())
    header["digest"] = file.digest(arrays)
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)
    refused(written(tmp_path / "m.npz", arrays))


class Harmful:
    def __reduce__(self):
        return (pytest.fail, ("a model file ran code",))


def test_no_pickle_is_ever_opened(saved, tmp_path):
    with np.load(saved) as opened:
        arrays = dict(opened) | {"alone_grams": np.array([Harmful()], dtype=object)}
    refused(written(tmp_path / "m.npz", arrays))


def test_declared_sizes_are_checked_before_memory_is_taken(saved, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.npy", bytes(30 << 20))
    assert "larger" in refused(tmp_path / "bomb.npz")


def test_a_member_that_declares_a_huge_array(saved, tmp_path):
    """The archive is small and says so; the array in it claims a terabyte."""
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (137438953472,), }".ljust(117) + "\n"
    member = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(tmp_path / "m.npz", "w") as archive:
        for info in source.infolist():
            archive.writestr(info.filename, member if info.filename == "alone.npy" else source.read(info))
    refused(tmp_path / "m.npz")
