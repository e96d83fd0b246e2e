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

from hansift.errors import HansiftError, ModelError
from hansift.features import CONTEXT, MARKS, SHAPE
from hansift.features.ngrams import BUCKETS, ORDERS
from hansift.model.decode import POLICIES
from hansift.model.linear import MARGINS, CutModel, MarkedModel, Model
from hansift.model.lines import LINE_MARGINS, LineModel
from hansift.model.segments import SEGMENT

FORMAT = 4
_LARGEST = 64 << 20
_NAME = "model.npz"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def feature_spec() -> list[list[str]]:
    """Name, kind and family of every feature of this version, in order: a model fits one such list only."""
    return [[f.name, f.kind, f.family] for f in (*SHAPE, *CONTEXT, *SEGMENT, *MARKS)]


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
        **line_arrays("alone", model.alone),
        "stages": np.stack(model.stages),
        "bias": model.bias,
        "thresholds": model.thresholds,
        **cut_arrays(model.cut),
        **marked_arrays(model.marked),
    }


def line_arrays(name: str, lines: LineModel) -> dict[str, npt.NDArray[Any]]:
    """The arrays of weights that judge a line by itself."""
    return {
        name: lines.tables,
        f"{name}_bias": lines.bias,
        f"{name}_grams": lines.grams,
        f"{name}_unit": np.array([lines.unit], dtype=np.float64),
    }


def cut_arrays(cut: CutModel | None) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the weights for cuts, none where there are none."""
    if cut is None:
        return {}
    return {
        "cut": cut.tables,
        "cut_numbers": np.array([cut.bias, cut.threshold, cut.least], dtype=np.float64),
    }


def marked_arrays(marked: MarkedModel | None) -> dict[str, npt.NDArray[Any]]:
    """The arrays of the weights for pages with markup, none where there are none."""
    if marked is None:
        return {}
    return {
        "marked": np.stack(marked.stages),
        "marked_bias": marked.bias,
        "marked_thresholds": marked.thresholds,
        **line_arrays("kinds", marked.kinds),
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
            # stored as it is: it loads sooner, and no version of zlib changes a byte of the file
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), content.getvalue(), zipfile.ZIP_STORED)
    return str(header["digest"])


def load(path: str | Path | None = None, *, digest: str | None = None) -> Model:
    """The model in a file; the packaged one without a path.

    `path` may be a URL of any kind that fsspec opens; one that does not end in `.npz` is a folder or a repository, such
    as `hf://org/name`, of which `model.npz` is read. The file's numbers must have the digest that it states, which must
    be `digest` where that is given. Raises ModelError for a file that is missing, damaged, too large, of another
    digest, format or feature list, UsageError where a URL needs a library that is missing.
    """
    model = _read(path) if path else default()
    if digest and digest != model.header["digest"]:
        raise ModelError(f"{path}: has the digest {model.header['digest']}, not {digest}; name the model that is meant")
    return model


def _read(path: str | Path) -> Model:
    source = _fetched(path) if isinstance(path, str) and "://" in path else path
    try:
        with zipfile.ZipFile(source) as archive:
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


def _fetched(url: str) -> io.BytesIO:
    from hansift.io.files import open_bytes

    file = url if url.endswith(".npz") else f"{url.rstrip('/')}/{_NAME}"
    try:
        with open_bytes(file) as stream:
            return io.BytesIO(stream.read(_LARGEST))  # of a longer file too little to be an archive
    except HansiftError:
        raise
    except Exception as error:  # every kind of storage has errors of its own, not all of them an OSError
        raise ModelError(f"{file}: cannot be fetched ({error or type(error).__name__}); check the address") from error


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
    return Model(
        alone=_lines(arrays, "alone"),
        stages=tuple(arrays["stages"]),
        bias=arrays["bias"],
        thresholds=arrays["thresholds"],
        cut=_cut(arrays),
        marked=_marked(arrays),
        header=header,
    )


def _forms(arrays: dict[str, npt.NDArray[Any]]) -> dict[str, tuple[tuple[int, ...], str]]:
    """The shape and type that each array must have; those of cuts and of markup only where there are any."""
    stages = len(arrays.get("stages", ()))
    forms: dict[str, tuple[tuple[int, ...], str]] = {
        **_line_forms("alone", "<i2"),
        "stages": ((stages, len(SHAPE) + len(CONTEXT), 256, MARGINS), "<i4"),
        "bias": ((stages, MARGINS), "<i4"),
        "thresholds": ((len(POLICIES),), "<f8"),
    }
    if {"cut", "cut_numbers"} & arrays.keys():
        forms |= {"cut": ((len(SEGMENT), 256, 1), "<i4"), "cut_numbers": ((3,), "<f8")}
    if {"marked", "marked_bias", "marked_thresholds", *_line_forms("kinds", "|i1")} & arrays.keys():
        marked = len(arrays.get("marked", ()))
        forms |= {
            **_line_forms("kinds", "|i1"),
            "marked": ((marked, len(SHAPE) + len(CONTEXT) + len(MARKS), 256, MARGINS), "<i4"),
            "marked_bias": ((marked, MARGINS), "<i4"),
            "marked_thresholds": ((len(POLICIES),), "<f8"),
        }
    return forms


def _line_forms(name: str, grams: str) -> dict[str, tuple[tuple[int, ...], str]]:
    return {
        name: ((len(SHAPE), 256, LINE_MARGINS), "<i4"),
        f"{name}_bias": ((LINE_MARGINS,), "<i4"),
        f"{name}_grams": ((ORDERS, BUCKETS, LINE_MARGINS), grams),
        f"{name}_unit": ((1,), "<f8"),
    }


def _lines(arrays: dict[str, npt.NDArray[Any]], name: str) -> LineModel:
    return LineModel(arrays[f"{name}_grams"], float(arrays[f"{name}_unit"][0]), arrays[name], arrays[f"{name}_bias"])


def _cut(arrays: dict[str, npt.NDArray[Any]]) -> CutModel | None:
    if "cut" not in arrays:
        return None
    bias, threshold, least = arrays["cut_numbers"].tolist()
    return CutModel(arrays["cut"], int(bias), threshold, least)


def _marked(arrays: dict[str, npt.NDArray[Any]]) -> MarkedModel | None:
    if "marked" not in arrays:
        return None
    return MarkedModel(
        _lines(arrays, "kinds"), tuple(arrays["marked"]), arrays["marked_bias"], arrays["marked_thresholds"]
    )


@cache
def default() -> Model:
    """The model that ships: in the package when installed, in the checkout's `models/` otherwise."""
    here = Path(__file__).resolve()
    for path in (here.parent / "default.npz", here.parents[3] / "models" / "default.npz"):
        if path.is_file():
            return load(path)
    raise ModelError("no default model; train one with `hansift train data/ -o models/default.npz`")
