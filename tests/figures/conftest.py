"""An edition of the tiny programme with its ledger frozen, shared by every test: nothing may change it."""

import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition
from jalon.figures import build_with_figures
from jalon.home import Home


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return build_with_figures(tiny_tables(), home=Home(tmp_path_factory.mktemp("figures")), as_of=AS_OF)
