"""Functions from text to text: split into lines, restore what a hijack damaged, tell the script."""
