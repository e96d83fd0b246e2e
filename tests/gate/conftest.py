"""Lets the tests here and `python -m tests.gate.update` share one module, however pytest is started."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
