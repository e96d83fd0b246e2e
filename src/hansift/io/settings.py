"""Settings from pyproject.toml, the environment and the command line, each with where it came from."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from hansift.errors import UsageError
from hansift.model.decode import POLICIES, Policy


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told. Sizes are in bytes; `workers` 0 is one a core, `max_errors` -1 no end.

    The same settings, model and input give the same output, whatever the number of workers.
    """

    model: str | None = None
    policy: Policy = "balanced"
    format: str | None = None
    encoding: str | None = None
    text_key: str = "text"
    id_key: str = "id"
    url_key: str = "url"
    html_key: str | None = None
    markup: bool = True
    drop_empty: bool = False
    max_errors: int = -1
    max_record: int = 16 << 20
    part_size: int = 8 << 20
    workers: int = 0

    def shaping(self) -> dict[str, Any]:
        """The settings that shape the output: all but the model's path and those that only say how to run."""
        return {name: value for name, value in asdict(self).items() if name not in {"model", "workers", "max_errors"}}


Resolved = tuple[Settings, dict[str, str]]
"""Settings, and for each name where its value came from."""


def resolve(flags: Mapping[str, Any], environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Resolved:
    """The settings of `[tool.hansift]`, overridden by HANSIFT_*, overridden by the flags that are not None.

    pyproject.toml is looked for in the folder (the current one by default) and those above it. Raises
    UsageError for a name that is not a setting and a value of the wrong kind.
    """
    environ = os.environ if environ is None else environ
    names = [field.name for field in fields(Settings)]
    given: dict[str, Any] = {}
    origin = dict.fromkeys(names, "default")
    path, table = _table(folder or Path.cwd())
    for key, value in table.items():
        name = _name(key.replace("-", "_"), names, f"{path}: [tool.hansift] {key}")
        given[name], origin[name] = _typed(name, value, f"{path}: {key}"), str(path)
    for key, text in sorted(environ.items()):
        name = key.removeprefix("HANSIFT_").lower()
        # other variables may begin alike; one that is nearly a setting is a slip
        if key.startswith("HANSIFT_") and difflib.get_close_matches(name, names, 1, 0.75):
            name = _name(name, names, key)
            given[name], origin[name] = _typed(name, text, key), key
    for name, value in flags.items():
        if value is not None:
            option = "--" + name.replace("_", "-")
            given[name], origin[name] = _typed(name, value, option), option
    return Settings(**given), origin


def shown(resolved: Resolved) -> str:
    """The settings as a table for people: name, value, origin, a line each."""
    settings, origin = resolved
    rows = [(name, str(value), origin[name]) for name, value in asdict(settings).items()]
    return "".join(f"{name:<11} {value:<12} {where}\n" for name, value, where in rows)


def _table(folder: Path) -> tuple[Path | None, dict[str, Any]]:
    import tomllib

    for parent in (folder, *folder.parents):
        path = parent / "pyproject.toml"
        try:
            with path.open("rb") as stream:
                table = tomllib.load(stream).get("tool", {}).get("hansift", {})
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
            raise UsageError(f"{path}: cannot be read ({error}); mend it, or run elsewhere") from error
        if not isinstance(table, dict):
            raise UsageError(f"{path}: tool.hansift is not a table; write [tool.hansift]")
        return path, table
    return None, {}


def _name(name: str, names: list[str], where: str) -> str:
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, 1)
    remedy = f"is {near[0]} meant?" if near else f"known are {', '.join(names)}"
    raise UsageError(f"{where}: no such setting; {remedy}")


def _size(value: Any) -> int:
    text = str(value).strip().upper().removesuffix("B").removesuffix("I")
    unit = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1:], 1)
    return int(text[:-1] if unit > 1 else text) * unit


def _flag(value: Any) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    return words[str(value).lower()]


def _policy(value: Any) -> str:
    if value not in POLICIES:
        raise ValueError(f"one of {', '.join(POLICIES)}")
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("some text")
    return value


_KINDS: dict[str, tuple[Callable[[Any], Any], str, int]] = {
    "policy": (_policy, f"one of {', '.join(POLICIES)}", 0),
    "markup": (_flag, "true or false", 0),
    "drop_empty": (_flag, "true or false", 0),
    "max_errors": (int, "a whole number, -1 for no end", -1),
    "max_record": (_size, "a size such as 16M", 1),
    "part_size": (_size, "a size such as 8M", 1),
    "workers": (int, "a whole number, 0 for one a core", 0),
}


def _typed(name: str, value: Any, where: str) -> Any:
    kind, wanted, least = _KINDS.get(name, (_text, "some text", 0))
    try:
        found = kind(value)
        if isinstance(found, int) and found < least:
            raise ValueError(found)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{where}: {value!r} will not do; give {wanted}") from error
    return found
