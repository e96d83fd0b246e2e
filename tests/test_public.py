"""What the package shows to the world, and what it loads to do so."""

import inspect
import json
import re
import subprocess
import sys
from importlib import metadata

import pytest

import hansift
from hansift import errors

HEAVY = {
    *("click", "fsspec", "jieba", "joblib", "numba", "opencc", "orjson", "pandas", "pyarrow"),
    *("resiliparse", "fastwarc", "rich", "scipy", "sklearn", "zstandard"),
    *("data_juicer", "datasets", "datatrove", "huggingface_hub", "pyspark", "ray", "torch"),
}


def loaded(code):
    """The top names of the modules that a fresh process has loaded after running the code."""
    code += "; import json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(json.loads(done.stdout.split("\n")[-2]))


def test_the_public_names():
    assert set(hansift.__all__) == {
        *("Cleaner", "Cut", "HansiftError", "Label", "Line", "Result", "clean", "load"),
        *("clean_columns", "clean_series", "label_frame"),
    }
    # what needs pandas and the like is fetched when it is asked for
    public = {name for name, value in vars(hansift).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert public == set(hansift.__all__) - set(hansift._LATER)
    assert set(hansift._LATER) < set(dir(hansift))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = hansift.nothing


def test_every_public_name_is_explained():
    assert all(inspect.getdoc(getattr(hansift, name)) for name in hansift.__all__)


def test_the_version_is_that_of_the_package():
    assert hansift.__version__ == metadata.version("hansift")


@pytest.mark.parametrize(
    "code", ["import hansift", "from hansift import clean", "from hansift import Cleaner, load, clean_columns"]
)
def test_importing_loads_nothing_heavier_than_numpy(code):
    assert not loaded(code) & HEAVY
    assert "numpy" in loaded(code)


def test_cleaning_loads_nothing_more(drawn_file):
    code = (
        f"from hansift import Cleaner; Cleaner({str(drawn_file)!r})('首页\\n\\n他说，这件事还要从头说起。').to_dict()"
    )
    assert not loaded(code) & HEAVY


def test_help_loads_no_command():
    code = "from hansift.cli import group; group(['--help'], standalone_mode=False)"
    assert not loaded(code) & (HEAVY - {"click"})


def test_every_error_is_one_of_ours():
    raised = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, Exception)]
    assert len(raised) == 5
    assert all(issubclass(error, hansift.HansiftError) for error in raised)


def test_the_contract_of_imports_names_what_there_is(root):
    import tomllib

    (contract,) = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [name for layer in contract["layers"] for name in re.split(r"[ |:]+", layer)]
    packages = [name.replace("hansift.", "").replace(".", "/") for name in layers]
    source = root / "src" / "hansift"
    assert not [
        name
        for name in packages
        if not (source / name / "__init__.py").exists() and not (source / f"{name}.py").exists()
    ]
    there = {path.stem for path in source.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert there - {"__init__", "__main__"} == set(packages)


def test_no_module_takes_the_name_of_what_its_package_uses(drawn_file):
    code = f"""
import importlib, pkgutil, hansift
for found in pkgutil.walk_packages(hansift.__path__, "hansift."):
    if not found.name.endswith("__main__"):
        try:
            importlib.import_module(found.name)
        except ModuleNotFoundError as error:
            assert error.name.split(".")[0] in ("datatrove", "data_juicer"), error
print(hansift.Cleaner({str(drawn_file)!r})("首页\\n他说，这件事还要从头说起。").text)"""
    assert "hansift" in loaded(code)
