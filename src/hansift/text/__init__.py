"""Functions from text to text: split into lines, restore what a hijack damaged, tell the script."""

from hansift.text.restore import Restored, Step, restore

__all__ = ["Restored", "Step", "restore"]
