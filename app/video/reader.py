"""One camera: a thread for each of its streams, and one feed of pictures from them.

Knows no window and no OpenCV. A camera that fails is a state, told through its monitor; nothing
here stops the console.
"""

from __future__ import annotations

from dataclasses import replace

from app.cameras.address import CameraAddress
from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.video.camera_feed import CameraFeed
from app.video.health import CameraState
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Outbox
from app.video.stream_reader import StreamReader
from app.video.surroundings import Examine, Limits, Surroundings

__all__ = ["CameraReader", "Examine", "Limits", "Surroundings"]


class CameraReader:
    """One camera. All methods may be called from any thread.

    On a switch the other stream is opened beside the one on the tile, which stays until the first
    picture of the other is there.
    """

    def __init__(self, camera: WatchedCamera, around: Surroundings) -> None:
        self.camera = camera
        self._around = around
        addresses = {StreamKind.MAIN: camera.main}
        if camera.sub is not None:
            addresses[StreamKind.SUB] = camera.sub
        self._feed = CameraFeed(camera, tuple(addresses), around, self._wake)
        self.monitor = self._feed.monitor
        self._streams = {
            kind: StreamReader(camera.camera_id, kind, address, self._feed, around)
            for kind, address in addresses.items()
        }

    def start(self) -> None:
        """Begin, on the streams' own threads."""
        for stream in self._streams.values():
            stream.start()

    def ask_to_stop(self) -> None:
        """Ask it to end; it does so when the decoder lets it go."""
        for stream in self._streams.values():
            stream.ask_to_stop()

    def join(self, timeout_s: float) -> bool:
        """Wait for its end; whether it ended."""
        clock = self._around.clock
        until_s = clock.monotonic() + timeout_s
        return all(each.join(until_s - clock.monotonic()) for each in self._streams.values())

    def show(self, wanted: Wanted | None, outbox: Outbox | None = None) -> None:
        """What its tile wants; None when it is hidden. From the next picture on they go into
        `outbox`, if one is given; the one before is closed by the reader when it has left it."""
        if self._feed.show(wanted, outbox):
            for stream in self._streams.values():
                stream.hurry()

    def mask(self, masks: tuple[PrivacyMask, ...], outbox: Outbox | None = None) -> None:
        """What it may not show from now on, without a new connection. Everything in `outbox` will
        have these masks; without one the pictures that are there may stay."""
        self.camera = replace(self.camera, masks=masks)
        self._feed.mask(masks, outbox)

    def retry(self) -> None:
        """Try now: a person asked for it."""
        for stream in self._streams.values():
            stream.retry()

    @property
    def inside_decoder_since_s(self) -> float | None:
        """When the thread longest in the decoder went in, on the monotonic clock; None if none."""
        inside = [each.inside_decoder_since_s for each in self._streams.values()]
        return min((since_s for since_s in inside if since_s is not None), default=None)

    @property
    def clock_address(self) -> CameraAddress | None:
        """Where to ask for its time: the stream that costs least, if it works. None unless live."""
        if self.monitor.state is not CameraState.LIVE:
            return None
        sub = self.camera.sub
        return self.camera.main if sub is None or self._feed.is_troubled(StreamKind.SUB) else sub

    @property
    def is_lost(self) -> bool:
        """Whether something is wrong with it."""
        return self.monitor.state.is_lost

    def tell_clock(self, ahead_s: float) -> None:
        """Its clock minus this computer's was measured."""
        self.monitor.told_clock(ahead_s)

    def watch(self) -> None:
        """The watchdog's look at it, about twice a second."""
        since_s = self.inside_decoder_since_s
        limit_s = self._around.limits.stuck_after_s
        now_s = self._around.clock.monotonic()
        self.monitor.watch(stuck=since_s is not None and now_s - since_s > limit_s)
        self._feed.steer()

    def _wake(self, kind: StreamKind) -> None:
        self._streams[kind].wake()
