"""hansift: each line of a scraped Chinese page as article body, navigation or spam, and the body given back.

>>> from hansift import clean
>>> clean("")
''
"""

from typing import TYPE_CHECKING as _CHECKING
from typing import Any as _Any

from hansift.cleaner import Cleaner, clean
from hansift.errors import HansiftError
from hansift.model.file import load
from hansift.page import Cut, Label, Line, Result

if _CHECKING:
    from hansift.adapters.columns import clean_columns
    from hansift.adapters.pandas import clean_series, label_frame

__all__ = [
    "Cleaner", "Cut", "HansiftError", "Label", "Line", "Result",
    "clean", "clean_columns", "clean_series", "label_frame", "load",
]  # fmt: skip

__version__ = "0.1.0"

_LATER = {"clean_columns": "columns", "clean_series": "pandas", "label_frame": "pandas"}


def __getattr__(name: str) -> _Any:
    """What needs more than numpy is imported when it is asked for."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"hansift.adapters.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
