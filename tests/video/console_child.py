"""A process that watches cameras as the console does: for tests of how it ends.

argv: how to end (`stop` or `crash`). stdin: one address a line, an empty line, then a line to end.
"""

from __future__ import annotations

import logging
import sys
import time

from app.cameras.address import parse_camera_address
from app.clock import SystemClock
from app.video.health import Health
from app.video.live import Wanted, WatchedCamera
from app.video.opener import OpenCvOpener
from app.video.reader import Surroundings
from app.video.threaded import ThreadedPictures


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def tell(camera_id: str, health: Health) -> None:
    say(camera_id, health.state.value, health)


def main() -> None:
    logging.basicConfig(level=logging.DEBUG)
    addresses = iter(lambda: sys.stdin.readline().strip(), "")
    cameras = [
        WatchedCamera(f"C{n}", parse_camera_address(text)) for n, text in enumerate(addresses)
    ]
    around = Surroundings(OpenCvOpener(), SystemClock(), on_state=tell)
    live = ThreadedPictures(around)
    live.set_cameras(cameras)
    live.show({camera.camera_id: Wanted(480, 270) for camera in cameras})
    live.start()
    sys.stdin.readline()
    if sys.argv[1] == "crash":
        raise SystemExit(7)
    began_s = time.monotonic()
    stragglers = live.stop()
    say("stopped", stragglers, f"{time.monotonic() - began_s:.2f} s")


if __name__ == "__main__":
    main()
