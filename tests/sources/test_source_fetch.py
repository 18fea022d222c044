"""Downloads against a real server: resumed, checked, never half a file under its own name."""

import hashlib
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tenacity import wait_none

from jalon.errors import SourceCorrupted, SourceMissing, SourceUnreadable
from jalon.home import home
from jalon.sources import Source
from jalon.sources.fetch import fetch
from jalon.sources.personal import emptied

BODY = bytes(range(256)) * 4000
SUM = hashlib.sha256(BODY).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves `body`; `plan` holds what to do at each request, then serves well."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.body, self.etag, self.ranges, self.plan, self.asked = BODY, '"v1"', True, [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/file.bin"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        asked = self.headers.get("Range")
        server.asked.append(asked)
        step = server.plan.pop(0) if server.plan else "serve"
        if isinstance(step, int):
            return self.answer(step, b"")
        start = int(asked[6:-1]) if asked and server.ranges else 0
        if start and self.headers.get("If-Range") != server.etag:
            start = 0
        if start >= len(server.body) and start:
            return self.answer(416, b"")
        self.answer(206 if start else 200, server.body[start:], start, cut=step == "cut")
        return None

    def answer(self, status, body, start=0, cut=False):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if self.server.etag:
            self.send_header("ETag", self.server.etag)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{start + len(body) - 1}/{start + len(body)}")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def source(**file):
    given = {
        "file": "essai/file.bin",
        "path_in_repository": "file.bin",
        "sha256": SUM,
        "bytes": len(BODY),
        "rows": 1,
        **file,
    }
    return Source.model_validate(
        {
            "id": "essai", "title": "t", "producer": "p", "licence": "l", "licence_evidence": "e", "vintage": "v",
            "repository": "https://github.com/a/b", "commit": "0" * 40, "published_on": "2020-01-01", "reader": "pvd",
            "tables": [], "yields": "y", "files": [given],
        }
    )  # fmt: skip


def take(server, one=None, **more):
    return fetch(one or source(), address=lambda source, file: server.url, wait=wait_none(), **more)


def parts():
    folder = home().sources / "essai"
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_a_file_is_downloaded_once_and_then_kept(server):
    seen = []
    (first,) = take(server, progress=lambda file, done, total: seen.append((done, total)))
    assert first.how == "downloaded"
    assert first.path.read_bytes() == BODY
    assert seen[-1] == (len(BODY), len(BODY))
    (again,) = take(server)
    assert again.how == "kept"
    assert len(server.asked) == 1
    assert parts() == ["file.bin"]


def test_a_cut_transfer_resumes_where_it_stopped(server):
    server.plan = ["cut"]
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY
    assert server.asked[0] is None
    assert server.asked[1].startswith("bytes=")
    assert server.asked[1] != "bytes=0-"


def test_an_interrupted_run_leaves_a_part_that_the_next_one_resumes(server):
    server.plan = ["cut"] * 4
    with pytest.raises(SourceMissing) as caught:
        take(server)
    assert server.url in caught.value.user_message
    assert "JALON_MIRROR" in caught.value.mend
    assert parts() == ["file.bin.part", "file.bin.part.tag"]
    before = len(server.asked)
    take(server)
    assert server.asked[before].startswith("bytes=")
    assert parts() == ["file.bin"]


def test_a_server_that_ignores_ranges_gives_the_whole_again(server):
    server.plan, server.ranges = ["cut"], False
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY


def test_a_file_that_changed_between_two_goes_is_not_mixed(server):
    server.body, server.plan = b"x" * len(BODY), ["cut"] * 4
    with pytest.raises(SourceMissing):
        take(server)
    server.body, server.etag = BODY, '"v2"'
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY


def test_a_part_spoilt_on_disk_is_taken_again_from_its_start(server):
    server.plan = ["cut"] * 4
    with pytest.raises(SourceMissing):
        take(server)
    part = home().sources / "essai" / "file.bin.part"
    part.write_bytes(b"?" * part.stat().st_size)
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY


def test_a_part_as_long_as_the_file_starts_afresh(server):
    server.plan = ["cut"] * 4
    with pytest.raises(SourceMissing):
        take(server)
    (home().sources / "essai" / "file.bin.part").write_bytes(b"?" * (len(BODY) + 5))
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY


def test_without_a_validator_nothing_is_resumed(server):
    server.etag, server.plan = "", ["cut"]
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY
    assert server.asked == [None, None]


def test_a_wrong_checksum_never_gets_the_name(server):
    server.body = BODY[:-1] + b"?"
    with pytest.raises(SourceCorrupted, match="checksum"):
        take(server)
    assert parts() == []


def test_an_endless_body_is_stopped(server):
    server.body = BODY * 30
    with pytest.raises(SourceCorrupted):
        take(server)
    assert parts() == []


@pytest.mark.parametrize("status", [404, 403, 410])
def test_a_refusal_is_not_tried_again(server, status):
    server.plan = [status] * 5
    with pytest.raises(SourceMissing, match=str(status)):
        take(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_passing_trouble_is_tried_again(server, status):
    server.plan = [status, status]
    (taken,) = take(server)
    assert taken.path.read_bytes() == BODY


def test_no_network_names_the_file_the_address_and_the_mend(server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/f"
    with pytest.raises(SourceMissing) as caught:
        fetch(source(), address=lambda source, file: url, wait=wait_none())
    assert "essai/file.bin" in caught.value.user_message
    assert url in caught.value.user_message
    assert "embarque" in caught.value.mend


def test_the_mirror_is_checked_and_used_in_place(server, tmp_path, monkeypatch):
    monkeypatch.setenv("JALON_MIRROR", str(tmp_path))
    path = tmp_path / "essai" / "file.bin"
    path.parent.mkdir()
    path.write_bytes(BODY)
    (taken,) = take(server)
    assert (taken.how, taken.path) == ("mirror", path)
    assert server.asked == []
    path.write_bytes(BODY[:100])
    with pytest.raises(SourceCorrupted) as caught:
        take(server)
    assert str(path) in caught.value.user_message


def test_either_form_of_a_wrapped_file_is_accepted(server):
    (taken,) = take(server, source(sha256="0" * 64, original_sha256=SUM))
    assert taken.path.read_bytes() == BODY


def test_personal_data_never_reach_the_disk(server):
    server.body = b'"code","maire"\r\n"01004","Jeanne Secret"\r\n'
    clean = b'"code","maire"\r\n"01004",""\r\n'
    one = source(personal=["maire"], sha256=hashlib.sha256(clean).hexdigest())
    (taken,) = take(server, one)
    assert taken.path.read_bytes() == clean
    server.body = b"<html>Jeanne Secret"
    taken.path.unlink()
    with pytest.raises(SourceUnreadable):
        take(server, one)
    folder = home().sources / "essai"
    assert all(b"Secret" not in path.read_bytes() for path in folder.iterdir())


def test_emptied_keeps_all_but_the_columns():
    assert emptied(b'"a","b"\n"1","2"\n"3","4,5"\n', ["b"]) == b'"a","b"\n"1",""\n"3",""\n'
