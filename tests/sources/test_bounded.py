"""A child process with limits: its value, its errors, and every way it may end."""

import ctypes
import os
import signal
import subprocess
import sys
import time

import pytest

from jalon.bounded import run_bounded
from jalon.errors import SourceMissing, SourceUnreadable


def double(value):
    return 2 * value


def eat_memory():
    return len(b"x" * 3_000_000_000)


def spin():
    while True:
        pass


def sleep():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    time.sleep(60)


def crash():
    ctypes.string_at(0)


def shout():
    print("noise")
    os.write(1, b"noise")
    return "said"


def stop(code):
    os._exit(code)


def fail():
    raise SourceMissing("gone", user_message="parti", mend="revenez")


def stumble():
    raise RuntimeError("oops")


def test_a_value_comes_back():
    assert run_bounded(double, [1, 2]) == [1, 2, 1, 2]


def test_a_large_value_comes_back():
    assert len(run_bounded(double, b"x" * 10_000_000)) == 20_000_000


def test_what_the_reader_prints_does_not_mix_with_its_answer():
    assert run_bounded(shout) == "said"


def test_our_errors_come_back_whole():
    with pytest.raises(SourceMissing) as caught:
        run_bounded(fail)
    assert (caught.value.user_message, caught.value.mend) == ("parti", "revenez")


@pytest.mark.parametrize(
    ("function", "limits", "says"),
    [
        (eat_memory, {"memory_mb": 300}, "trop de mémoire"),
        (spin, {"cpu_seconds": 1}, "trop de calcul"),
        (sleep, {"wall_seconds": 1.5}, "pas lu en 1.5 secondes"),
        (crash, {}, "fait tomber"),
        (stumble, {}, "illisible"),
    ],
)
def test_every_other_end_is_unreadable(function, limits, says):
    with pytest.raises(SourceUnreadable) as caught:
        run_bounded(function, what="le fichier essai.ods", **limits)
    assert says in caught.value.user_message
    assert "essai.ods" in caught.value.user_message


def test_a_child_that_leaves_without_a_word_is_unreadable():
    with pytest.raises(SourceUnreadable):
        run_bounded(stop, 3)
    with pytest.raises(SourceUnreadable):
        run_bounded(stop, 0)


def test_no_child_is_left_behind():
    with pytest.raises(SourceUnreadable):
        run_bounded(sleep, wall_seconds=1.5)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _sleepers():
        time.sleep(0.1)
    assert not _sleepers()


def _sleepers():
    listed = subprocess.run(["ps", "-eo", "stat,args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if "time.sleep(60)" in line and not line.startswith("Z")]


def test_signals_have_a_sentence():
    from jalon.bounded import CRASHES

    assert {signal.SIGXCPU, signal.SIGKILL} <= set(CRASHES)
