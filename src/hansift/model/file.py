"""The model file: arrays and a JSON header in one `.npz`, numbers only, checked by digest when read."""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hansift.errors import ModelError
from hansift.features import CONTEXT, SHAPE
from hansift.features.ngrams import BUCKETS, ORDERS
from hansift.model.decode import POLICIES
from hansift.model.linear import GROUP_MARGINS, MARGINS, MOST_GRAM, CutModel, Model
from hansift.model.segments import SEGMENT

FORMAT = 1
_LARGEST = 64 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)


def feature_spec() -> list[list[str]]:
    """Name, kind and family of every feature of this version, in order: a model fits one such list only."""
    return [[f.name, f.kind, f.family] for f in (*SHAPE, *CONTEXT, *SEGMENT)]


def digest(arrays: dict[str, npt.NDArray[Any]]) -> str:
    """The SHA-256 of the arrays' names, types, shapes and bytes."""
    sha = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        sha.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        sha.update(np.ascontiguousarray(array).tobytes())
    return sha.hexdigest()


def arrays_of(model: Model) -> dict[str, npt.NDArray[Any]]:
    """The model's arrays by name."""
    return {
        "grams": model.grams,
        "gram_unit": np.array([model.gram_unit], dtype=np.float64),
        "alone": model.alone,
        "stages": np.stack(model.stages),
        "alone_bias": model.alone_bias,
        "bias": model.bias,
        "rarity": model.rarity,
        "thresholds": model.thresholds,
        **cut_arrays(model.cut),
    }


def cut_arrays(cut: CutModel | None) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the weights for cuts, none where there are none."""
    if cut is None:
        return {}
    return {
        "cut": cut.tables,
        "cut_numbers": np.array([cut.bias, cut.threshold, cut.least], dtype=np.float64),
    }


def save(model: Model, path: Path) -> str:
    """Writes the model, the same model always as the same bytes, and returns its digest."""
    arrays = arrays_of(model)
    header = {**model.header, "format": FORMAT, "features": feature_spec(), "digest": digest(arrays)}
    arrays["header"] = np.frombuffer(json.dumps(header, ensure_ascii=False, sort_keys=True).encode(), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted(arrays.items()):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), content.getvalue(), zipfile.ZIP_DEFLATED)
    return str(header["digest"])


def load(path: str | Path | None = None) -> Model:
    """The model in a file; the packaged one without a path.

    Raises ModelError for a file that is missing, damaged, too large, or of another format or feature list.
    """
    if path is None:
        return default()
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ModelError(f"{path}: larger than any hansift model; name a file that `hansift train` wrote")
            arrays = {info.filename.removesuffix(".npy"): _array(archive, info) for info in archive.infolist()}
        header = json.loads(arrays.pop("header").tobytes())
    except FileNotFoundError as error:
        raise ModelError(f"{path}: no such model; train one with `hansift train DATA -o {path}`") from error
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        RecursionError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ModelError(f"{path}: not a hansift model, or damaged ({error}); train it again") from error
    return _checked(header, arrays, str(path))


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> npt.NDArray[Any]:
    """The array of one member; its declared size is checked before memory is taken."""
    with archive.open(info) as file:
        version = np.lib.format.read_magic(file)
        if version != (1, 0):
            raise ValueError(f"{info.filename}: array format {version}")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
        if fortran or dtype.hasobject or math.prod(shape) * dtype.itemsize > info.file_size:
            raise ValueError(f"{info.filename}: an array that no model has")
        return np.frombuffer(file.read(), dtype=dtype).reshape(shape)


def _checked(header: Any, arrays: dict[str, npt.NDArray[Any]], path: str) -> Model:
    if not isinstance(header, dict):
        raise ModelError(f"{path}: not a hansift model: its header is no object; train it again")
    if header.get("format") != FORMAT:
        raise ModelError(f"{path}: model format {header.get('format')}, this hansift reads {FORMAT}; train it again")
    if header.get("digest") != digest(arrays):
        raise ModelError(f"{path}: damaged: its digest does not match its numbers; fetch or train it again")
    if header.get("features") != feature_spec():
        raise ModelError(f"{path}: made for another version's features; train it again")
    if {name: (array.shape, array.dtype.str) for name, array in arrays.items()} != _forms(arrays):
        raise ModelError(f"{path}: arrays of an unexpected form; train it again")
    if (arrays["grams"] > MOST_GRAM).any() or (arrays["grams"] < -MOST_GRAM).any():
        raise ModelError(f"{path}: weights of an unexpected size; train it again")
    return Model(
        grams=arrays["grams"],
        gram_unit=float(arrays["gram_unit"][0]),
        alone=arrays["alone"],
        stages=tuple(arrays["stages"]),
        alone_bias=arrays["alone_bias"],
        bias=arrays["bias"],
        rarity=arrays["rarity"],
        thresholds=arrays["thresholds"],
        cut=_cut(arrays),
        header=header,
    )


def _forms(arrays: dict[str, npt.NDArray[Any]]) -> dict[str, tuple[tuple[int, ...], str]]:
    """The shape and type that each array must have; those of cuts only where there are any."""
    stages = len(arrays.get("stages", ()))
    forms: dict[str, tuple[tuple[int, ...], str]] = {
        "grams": ((ORDERS, BUCKETS, GROUP_MARGINS), "<i2"),
        "gram_unit": ((1,), "<f8"),
        "alone": ((len(SHAPE), 256, GROUP_MARGINS), "<i4"),
        "alone_bias": ((GROUP_MARGINS,), "<i4"),
        "stages": ((stages, len(SHAPE) + len(CONTEXT), 256, MARGINS), "<i4"),
        "bias": ((stages, MARGINS), "<i4"),
        "rarity": ((BUCKETS,), "|u1"),
        "thresholds": ((len(POLICIES),), "<f8"),
    }
    if {"cut", "cut_numbers"} & arrays.keys():
        forms |= {"cut": ((len(SEGMENT), 256, 1), "<i4"), "cut_numbers": ((3,), "<f8")}
    return forms


def _cut(arrays: dict[str, npt.NDArray[Any]]) -> CutModel | None:
    if "cut" not in arrays:
        return None
    bias, threshold, least = arrays["cut_numbers"].tolist()
    return CutModel(arrays["cut"], int(bias), threshold, least)


@cache
def default() -> Model:
    """The model that ships: in the package when installed, in the checkout's `models/` otherwise."""
    here = Path(__file__).resolve()
    for path in (here.parent / "default.npz", here.parents[3] / "models" / "default.npz"):
        if path.is_file():
            return load(path)
    raise ModelError("no default model; train one with `hansift train data/ -o models/default.npz`")
