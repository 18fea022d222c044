"""« Quoi de neuf ? »: held against the edition published before, never another."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import Edition, publish
from jalon.figures import build_with_figures
from jalon.home import Home, home
from jalon.web.news import news
from jalon.web.queries import figures


@pytest.fixture
def place(own_home) -> Home:
    return home()


def built(place: Home, *, without: int = 0, as_of: date = AS_OF) -> Edition:
    """An edition of the tiny programme without its last actions."""
    tables = tiny_tables()
    kept = tables["actions"].slice(0, len(tables["actions"]) - without)
    ids = set(kept["action_id"].to_pylist())
    for name in ("action_themes", "funding_lines"):
        mask = [one in ids for one in tables[name]["action_id"].to_pylist()]
        tables[name] = tables[name].filter(pa.array(mask, pa.bool_()))
    return build_with_figures({**tables, "actions": kept}, home=place, as_of=as_of)


def test_an_edition_never_published_is_not_compared_with(place: Home) -> None:
    built(place, without=3)
    served = publish(place, built(place).id)
    assert news(served).before == ""


def test_the_edition_published_before_is_compared_with_whatever_was_built_since(place: Home) -> None:
    first, second = built(place, without=3), built(place)
    built(place, without=1)
    publish(place, first.id)
    publish(place, second.id)
    assert news(second).before == first.id
    publish(place, first.id)
    assert news(first).before == second.id


def test_an_edition_arrested_later_is_not_what_came_before(place: Home) -> None:
    old, recent = built(place, as_of=AS_OF - timedelta(days=400)), built(place)
    publish(place, recent.id)
    publish(place, old.id)
    assert news(old).before == ""


def test_only_the_figures_of_the_programme_are_told(place: Home) -> None:
    publish(place, built(place, without=3).id)
    served = publish(place, built(place).id)
    known = figures.definitions(served)
    told = [change.href.removeprefix("/chiffres/") for change in news(served, "acv").changes]
    assert told
    assert all(known[one].programme == "acv" or one.startswith("registre-") for one in told)
    assert all(
        one.startswith("registre-")
        for one in (change.href.removeprefix("/chiffres/") for change in news(served, "thd").changes)
    )
