"""Many cameras asked at once: who is there, who is not, and nobody asked twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.cameras.address import CameraAddress
from app.video.preflight import Answer, Finding
from app.video.roll_call import call_roll
from tests.video.cameras import SDP, Guarded, ScriptedCamera, address_of, describes, free_port

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]


def test_each_camera_is_named_with_what_it_answered(scripted_camera: Make) -> None:
    well = scripted_camera(describes(SDP))
    guarded = Guarded("admin", "right", 'Basic realm="r"')
    told: list[str] = []
    answers = call_roll(
        {
            "well": address_of(well.port),
            "guarded": address_of(scripted_camera(guarded).port, credentials="admin:wrong@"),
            "away": address_of(free_port()),
        },
        stop=threading.Event(),
        on_answer=lambda key, answer: told.append(key),
    )
    assert {key: answer.finding for key, answer in answers.items()} == {
        "well": Finding.REACHABLE,
        "guarded": Finding.WRONG_PASSWORD,
        "away": Finding.REFUSED,
    }
    assert sorted(told) == ["away", "guarded", "well"]
    assert guarded.refusals <= 2  # unknown, then wrong: cameras lock out who tries on


def test_two_hundred_silent_cameras_do_not_wait_for_each_other() -> None:
    def slow(address: CameraAddress, *, stop: threading.Event) -> Answer:
        stop.wait(0.05)
        return Answer(Finding.SILENT)

    began_s = time.monotonic()
    cameras = {str(number): address_of(1) for number in range(200)}
    assert len(call_roll(cameras, stop=threading.Event(), ask=slow)) == 200
    assert time.monotonic() - began_s < 3.0


def test_a_roll_call_that_is_called_off_ends_at_once() -> None:
    stop = threading.Event()

    def ask(address: CameraAddress, *, stop: threading.Event) -> Answer:
        stop.set()
        return Answer(Finding.REACHABLE)

    cameras = {str(number): address_of(1) for number in range(100)}
    assert len(call_roll(cameras, stop=stop, ask=ask, at_once=4)) <= 4
    assert call_roll({}, stop=stop) == {}
