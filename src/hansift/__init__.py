"""hansift: each line of a scraped Chinese page as article body, navigation or spam, and the body given back.

>>> from hansift import clean
>>> clean("")
''
"""

from hansift.cleaner import Cleaner, clean
from hansift.errors import HansiftError
from hansift.model.file import load
from hansift.page import Cut, Label, Line, Result

__all__ = ["Cleaner", "Cut", "HansiftError", "Label", "Line", "Result", "clean", "load"]

__version__ = "0.1.0"
