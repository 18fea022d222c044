"""Freeze the register and the sources into an immutable, dated folder; open it, verify it, compare two."""
