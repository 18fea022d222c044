"""The register of each test, and the small world it reads."""

from pathlib import Path

import pytest
import register_world
from django.contrib.auth.models import User
from register_world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    return register_world.world(tmp_path / "files", monkeypatch)


@pytest.fixture
def claire(db: None) -> User:
    return User.objects.create_user("claire")


@pytest.fixture
def denis(db: None) -> User:
    return User.objects.create_user("denis")
