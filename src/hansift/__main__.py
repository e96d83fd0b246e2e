"""`python -m hansift` is the command `hansift`."""

from hansift.cli import main

main()
