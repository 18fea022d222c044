"""Jalon turns signed agreements and open data into figures that can be cited."""

from importlib.metadata import version

__version__ = version("jalon")
