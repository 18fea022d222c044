"""Whatever bytes a folder holds, the answer is a report, never a traceback."""

import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from programme_folder import FILES, write

from jalon.programmes import check

PIECES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"\xff\xfe", b"\0", b'"', b"'''", b"[[", b"]]", b"=", b",", b"\r", b"\n", b"1e999", b"{x}"]),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.floats(0, 1), PIECES)
def test_a_mutated_folder_is_reported(file: str, start: float, length: float, piece: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name) / "p")
        content = (folder / file).read_bytes()
        cut = int(start * len(content))
        (folder / file).write_bytes(content[:cut] + piece + content[cut + int(length * 200) :])
        report = check(folder)
    assert (report.programme is None) == bool(report.issues)
    assert all(issue.problem and issue.mend and issue.file for issue in report.issues)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5_000,
        "id = 99999999999999999999999999999999",
        "axes = 3",
        "words = []",
        "axes = [1, 2]",
        'axes = [{number = "{", label = "{x}"}]',
        "launched_on = 0001-01-01",
        "[references]\nabout = 1",
    ],
)
def test_hostile_toml_is_reported(tmp_path: Path, text: str) -> None:
    folder = write(tmp_path / "p")
    (folder / "programme.toml").write_text(text, "utf-8")
    report = check(folder)
    assert report.programme is None
    assert all(issue.file == "programme.toml" and issue.mend for issue in report.issues)


def test_a_cell_longer_than_csv_allows_is_reported(tmp_path: Path) -> None:
    report = check(write(tmp_path / "p", towns=("Ajaccio,2A", "A" * 200_000 + ",2A")))
    assert "CSV illisible" in report.issues[0].problem
