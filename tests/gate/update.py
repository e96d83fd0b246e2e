"""`python -m tests.gate.update [--lower NAME]...`: raise the floors to what the shipped model reaches now.

A floor is lowered only when it is named, and the file then says so; the exit code is 1 while a figure lies below.
"""

import argparse
import json
import sys

from tests.gate.figures import BASELINE, below, digest, figures, raised, read_baseline


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.gate.update", description=__doc__)
    parser.add_argument("--lower", action="append", default=[], metavar="NAME", help="a floor that may fall")
    lower = parser.parse_args().lower
    old, found = read_baseline(), figures()
    if unknown := sorted({*lower} - {*found}):
        parser.error(f"no such figure: {', '.join(unknown)}; one of {', '.join(sorted(found))}")
    new = raised(old, found, digest(), lower)
    BASELINE.write_text(json.dumps(new, indent=1) + "\n", "utf-8")
    for name, least in new["floors"].items():
        if least != old["floors"].get(name):
            print(f"{name}: {old['floors'].get(name, 'new')} -> {least}")
    failing = below(new, found)
    for name in failing:
        print(
            f"{name}: {found[name]:.4f} is below its floor {new['floors'][name]}; mend it, or --lower {name}",
            file=sys.stderr,
        )
    return int(bool(failing))


if __name__ == "__main__":
    raise SystemExit(main())
