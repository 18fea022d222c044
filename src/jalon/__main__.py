"""`python -m jalon` is the command `jalon`."""

from jalon.cli import main

main()
