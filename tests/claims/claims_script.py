"""The script that makes the labelled sentences, as a module."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_claims_set.py"


@cache
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_claims_set", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
