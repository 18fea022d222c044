"""Fictional agreements of fictional towns, in many layouts and formats, each with the truth of what it says."""
