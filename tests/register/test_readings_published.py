"""From a deposit to the public page: the evidence of an action, its document, and nothing that is not published."""

from pathlib import Path

import pytest
from agreement_files import CAMERAS, HALLE, agreement, fiche
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jalon import samples
from jalon.programmes import programmes
from jalon.register.imports import import_programmes
from jalon.register.models import Document, Reading
from jalon.register.readings import receive, settle
from jalon.register.readings.pending import pending
from jalon.web.caching import SHELF
from jalon.web.published import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> User:
    """The programmes that the product carries: the ledger of figures asks for each of them."""
    SHELF.clear()
    import_programmes(programmes())
    return User.objects.create_superuser("boss")


@pytest.mark.slow
def test_an_action_read_is_published_with_its_page_and_box(boss: User, client: Client, tmp_path: Path) -> None:
    settle.publish("avant")
    given = agreement(tmp_path, "convention.pdf", fiche(1, HALLE, 90_000), fiche(2, CAMERAS, 40_000))
    sample = samples.SAMPLES[0]
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in (given, sample.path)]
    receive.deposit(files, "acv", boss)
    for reading in Reading.objects.all():
        settle.settle(reading.pk)
    waiting = pending(published())
    assert (waiting.new, waiting.changed, waiting.gone) == (2, 0, 0)
    settle.publish("boss")
    assert pending(published()).total == 0
    told = Document.objects.get(name="convention.pdf")
    page = client.get("/actions/acv:ACV008:2").content.decode()
    assert "Où est-ce écrit" in page
    assert "40 000 euros" in page
    assert f"/documents/{told.pk}/?page=2&amp;champ=acv:ACV008:2-budget" in page
    document = client.get(f"/documents/{told.pk}/", {"page": 2, "champ": "acv:ACV008:2-budget"}).content.decode()
    assert document.count("jalon-mark--on") == 1
    assert "Corriger" not in document
    assert client.get(f"/documents/{told.pk}/pages/2.webp")["Content-Type"] == "image/webp"
    fictional = Document.objects.exclude(pk=told.pk).get()
    for path in ("", "pages/1.webp", "original"):
        assert client.get(f"/documents/{fictional.pk}/{path}").status_code == 404
    assert "Sainte-Ygerne" not in client.get("/actions/?q=ygerne").content.decode().partition("resultats")[2]
