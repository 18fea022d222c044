"""The public API, version 1: the published edition as JSON, GeoJSON and CSV."""
