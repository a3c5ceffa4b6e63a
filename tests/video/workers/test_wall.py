"""The wall on decode workers: tiles that grow, two hundred cameras, secrets, memory."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.platform import wants_processor
from app.video.health import CameraState
from app.video.live import Wanted, WatchedCamera
from app.video.reader import Limits
from app.video.workers.orders import CameraOrder, Cameras, Tile
from app.video.workers.worker import Fault, Patience, Worker
from tests.video.cameras import SDP, ScriptedCamera, address_of, describes, free_port, until
from tests.video.workers import children
from tests.video.workers.conftest import TILE, Watch
from tests.video.workers.told import Told, is_live

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]


def segments() -> set[str]:
    return {path.name for path in Path("/dev/shm").glob(f"ssz-{os.getpid()}-*")}


def sockets_of(process: str) -> set[str]:
    """What the process holds open, by the system's numbers."""
    links = []
    for handle in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):  # closed meanwhile
            links.append(str(handle.readlink()))
    return {link for link in links if link.startswith("socket:")}


def test_a_tile_that_fills_the_screen_goes_on_without_a_black_picture(
    watch: Watch, cameras: list[WatchedCamera], told: Told
) -> None:
    live = watch(cameras[:2])
    until(lambda: is_live(live, "C1", "C2"), 30)
    assert len(segments()) == 2
    shown: list[int] = []

    def is_large() -> bool:
        picture = live.newest("C1")
        assert picture is not None
        shown.append(picture.seq)
        return picture.size == (1280, 720)

    live.show({"C1": Wanted(1280, 720)})
    until(is_large)
    live.show({"C1": TILE, "C2": TILE})
    until(lambda: not is_large() and live.newest("C1").size == (480, 270))  # type: ignore[union-attr]
    assert shown == sorted(shown)
    until(lambda: len(segments()) == 2)
    assert told.states("C1") == ["connecting", "live"]


def test_two_hundred_cameras_are_watched_by_eight_workers_and_all_answer(
    watch: Watch, cameras: list[WatchedCamera], scripted_camera: Make
) -> None:
    others = address_of(scripted_camera(describes(SDP)).port)
    hidden = [WatchedCamera(f"H{n}", others) for n in range(196)]
    live = watch(cameras, hidden)
    until(lambda: is_live(live, "C1", "C2", "C3", "C4"), 30)
    many = [camera.camera_id for camera in (*cameras, *hidden)]
    until(lambda: len({live.process_of(camera_id) for camera_id in many} - {None}) == 8, 30)
    assert len({live.process_of(camera.camera_id) for camera in cameras}) == 4
    until(lambda: len([i for i in many if live.health(i).state is CameraState.STANDBY]) > 20, 30)
    began_s = time.monotonic()
    assert live.stop() == ()
    assert time.monotonic() - began_s < 4


def test_no_password_stands_where_other_users_of_the_computer_can_read_it(
    watch: Watch, cameras: list[WatchedCamera]
) -> None:
    secret = "geheim-7431"
    guarded = [
        WatchedCamera(camera.camera_id, camera.main.with_credentials("admin", secret))
        for camera in cameras
    ]
    live = watch(guarded)
    until(lambda: is_live(live, "C1", "C2", "C3", "C4"), 30)
    pids = {live.process_of(camera.camera_id) for camera in guarded}
    for pid in pids:
        for name in ("cmdline", "environ", "comm"):
            told = Path(f"/proc/{pid}/{name}").read_bytes()
            assert told
            assert secret.encode() not in told
            assert b"rtsp://" not in told


def test_a_worker_holds_no_other_worker_s_socket(
    watch: Watch, cameras: list[WatchedCamera]
) -> None:
    live = watch(cameras)
    until(lambda: is_live(live, "C1", "C2", "C3", "C4"), 30)
    first, second = (sockets_of(str(live.process_of(i))) for i in ("C1", "C2"))
    assert not first & second
    assert not (first | second) & sockets_of("self")


def test_a_worker_left_alone_ends_within_a_second_though_a_camera_hangs() -> None:
    worker = Worker(0, children.hangs, Limits(), Patience())
    tile = Tile(480, 270, False, "ssz-0-0-none-tile")
    evil = WatchedCamera("EVIL", address_of(free_port(), "/evil"))
    worker.give(Cameras((CameraOrder(1, evil, tile),)))
    until(lambda: worker.hear() is not None and worker.inside(1), 30)
    worker.channel.close()
    assert until(worker.has_ended) < 1


def test_a_worker_that_hangs_is_known_by_the_time_that_was_seen_to_pass() -> None:
    worker = Worker(0, children.hangs, Limits(), Patience(silent_s=1.5, inside_s=5.0))
    evil = WatchedCamera("EVIL", address_of(free_port(), "/evil"))
    worker.give(Cameras((CameraOrder(7, evil, Tile(480, 270, False, "")),)))
    until(lambda: worker.hear() is not None and worker.inside(7), 30)
    try:
        os.kill(worker.pid, signal.SIGSTOP)
        until(lambda: not (wants_processor(worker.pid) or worker.hear()))
        assert worker.fault_after(1.4) is None
        assert worker.fault_after(0.2) is Fault.SILENT
        os.kill(worker.pid, signal.SIGCONT)
        until(lambda: worker.hear())
        assert worker.fault_after(0.2) is None
        for _ in range(3):
            until(lambda: worker.hear())
            fault = worker.fault_after(1.2)
        assert (fault, worker.hanging) == (Fault.STUCK, 7)
    finally:
        worker.kill()
        until(worker.has_ended)


def test_a_worker_that_is_kept_from_running_is_given_more_time() -> None:
    worker = Worker(0, children.works_without_a_word, Limits(), Patience(1, 1.5, 6.0))
    try:
        until(lambda: worker.hear(), 30)
        assert worker.fault_after(5.9) is None
        assert worker.fault_after(0.2) is Fault.SILENT
    finally:
        worker.kill()
        until(worker.has_ended)


def test_a_bug_in_a_worker_is_told_in_the_console_s_log(
    watch: Watch, expected_log: Callable[[str], None], caplog
) -> None:
    expected_log("decode worker 1: reading camera EVIL failed")
    live = watch([WatchedCamera("EVIL", address_of(free_port(), "/evil"))], main=children.has_a_bug)
    until(lambda: live.health("EVIL").state is CameraState.LOST, 10)
    until(lambda: "NotImplementedError" in caplog.text)
    assert re.search(r"Traceback", caplog.text)
