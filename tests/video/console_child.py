"""A process that watches cameras as the console does: for tests of how it ends.

argv: how to end (`stop` or `crash`), and what reads (`threads` or `workers`).
stdin: one address a line, an empty line, then a line to end.
"""

from __future__ import annotations

import logging
import sys
import time

from app.cameras.address import parse_camera_address
from app.clock import SystemClock
from app.video.health import Health
from app.video.live import LivePictures, Wanted, WatchedCamera
from app.video.opener import OpenCvOpener
from app.video.reader import Surroundings
from app.video.threaded import ThreadedPictures
from app.video.workers.pictures import WorkerPictures
from tests.video.cameras import until


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def tell(camera_id: str, health: Health) -> None:
    say(camera_id, health.state.value, health)


def pictures(kind: str) -> LivePictures:
    if kind == "workers":
        return WorkerPictures(SystemClock(), tell)
    return ThreadedPictures(Surroundings(OpenCvOpener(), SystemClock(), on_state=tell))


def main() -> None:
    logging.basicConfig(level=logging.DEBUG)
    addresses = iter(lambda: sys.stdin.readline().strip(), "")
    cameras = [
        WatchedCamera(f"C{n}", parse_camera_address(text)) for n, text in enumerate(addresses)
    ]
    live = pictures(sys.argv[2])
    live.set_cameras(cameras)
    live.show({camera.camera_id: Wanted(480, 270) for camera in cameras})
    live.start()
    if isinstance(live, WorkerPictures):
        until(lambda: all(live.process_of(camera.camera_id) for camera in cameras), 15)
        say("workers", *{live.process_of(camera.camera_id) for camera in cameras})
    sys.stdin.readline()
    if sys.argv[1] == "crash":
        raise SystemExit(7)
    began_s = time.monotonic()
    stragglers = live.stop()
    say("stopped", stragglers, f"{time.monotonic() - began_s:.2f} s")


if __name__ == "__main__":
    main()
