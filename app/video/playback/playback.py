"""Recorded footage of one to nine cameras on one clock. Knows no window; never makes one wait.

All methods are called from one thread; every call but `stop` returns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app.cameras.masks import PrivacyMask
from app.clock import Clock
from app.platform.memory import free_large_memory_at_once
from app.video.archive.footage import Footage
from app.video.archive.segment import Span
from app.video.live import Wanted
from app.video.picture import Size
from app.video.playback.gate import Gate
from app.video.playback.limits import SPEEDS, Limits
from app.video.playback.player import CameraPlayer
from app.video.playback.shown import Nothing, PlaybackState, Shown
from app.video.playback.stage import Around, Share
from app.video.playback.transport import Transport, from_us, loop_of, to_us

_ALL_PREPARE_UP_TO = 4  # cameras; of more only the leading one decodes what steps will need


class Playback:
    """Made paused at this moment; `show` says whose footage is seen, `seek` from when."""

    def __init__(self, footage: Footage, clock: Clock, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._transport = Transport(clock, self._limits)
        self._around = Around(
            footage, self._transport, clock, self._limits, self._tell_news, Gate()
        )
        self.on_news: Callable[[], None] | None = None
        """Called on a camera's thread when there is something else to show while time stands still:
        who would wait for the next look a thirtieth of a second later need not."""
        self._players: dict[str, CameraPlayer] = {}
        self._leaving: list[CameraPlayer] = []
        self._masks: dict[str, tuple[PrivacyMask, ...]] = {}
        self._is_started = self._is_stopped = False

    def start(self) -> None:
        """Begin to decode. Cameras may be shown before or after."""
        free_large_memory_at_once()
        self._is_started = True
        for player in self._players.values():
            player.start()

    def stop(self, deadline_s: float = 2.0) -> tuple[str, ...]:
        """End all threads; back within `deadline_s`. Ids of cameras whose file would not let go."""
        until_s = self._clock.monotonic() + deadline_s
        self._is_stopped = True
        players = [*self._players.values(), *self._leaving]
        for player in players:
            player.ask_to_stop()
        left = [
            each.camera_id
            for each in players
            if self._is_started and not each.join(until_s - self._clock.monotonic())
        ]
        return tuple(dict.fromkeys(left))

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Whose footage is seen, in tiles of which size; the first named leads the steps."""
        if self._is_stopped:
            return
        shares = self._shares(wanted)
        for camera_id in [each for each in self._players if each not in shares]:
            player = self._players.pop(camera_id)
            player.ask_to_stop()
            if self._is_started:
                self._leaving.append(player)
        self._leaving = [player for player in self._leaving if not player.join(0)]
        self._transport.set_cameras(shares)
        ordered: dict[str, CameraPlayer] = {}
        for camera_id, share in shares.items():
            ordered[camera_id] = self._player(camera_id, share)
        self._players = ordered

    def set_masks(self, masks: Mapping[str, tuple[PrivacyMask, ...]]) -> None:
        """The masks in force; they hold on return. A camera not named has none."""
        self._masks = dict(masks)
        for camera_id, player in self._players.items():
            player.mask(self._masks.get(camera_id, ()))

    def seek(self, at: datetime) -> None:
        """Go to an instant: its keyframe at once, the exact frame after. The latest wish counts;
        what plays goes on playing from there."""
        self._transport.seek(to_us(at))
        self._wake()

    def scrub(self, at: datetime) -> None:
        """Go there while the pointer drags; what plays stops."""
        self._transport.scrub(to_us(at))
        self._wake()

    def play(self, speed: float = 1.0) -> None:
        """Play from here at one of `SPEEDS`. ValueError for any other."""
        if speed not in SPEEDS:
            raise ValueError(f"no such speed: {speed}")
        self._transport.play(speed)
        self._wake()

    def pause(self) -> None:
        """Stand still here."""
        self._transport.pause()
        self._wake()

    def step(self, frames: int) -> None:
        """So many frames of the leading camera on, or back; what plays stops."""
        self._transport.pause()
        leading = next(iter(self._players.values()), None)
        if leading is not None:
            leading.step(frames)

    def follow_live(self) -> None:
        """Play the growing files, about two seconds behind live."""
        self._transport.follow()
        self._wake()

    def loop(self, span: Span | None) -> None:
        """Play A–B over and over; None: straight on. ValueError if B is not after A."""
        if span is not None and span.ends <= span.begins:
            raise ValueError("a loop without length")
        self._transport.loop(None if span is None else loop_of(span))
        self._wake()

    @property
    def position(self) -> datetime:
        """The instant all tiles show: aware UTC."""
        return from_us(self._transport.position_us)

    @property
    def speed(self) -> float:
        """As set last, negative backwards; it stays while paused."""
        return self._transport.speed

    @property
    def state(self) -> PlaybackState:
        """What it does now. What a seek brings is told through `on_news`."""
        leading = next(iter(self._players.values()), None)
        if leading is not None and leading.is_stepping:
            return PlaybackState.SEEKING
        return self._transport.state

    def newest(self, camera_id: str, *, painted_after_s: float = 0.0) -> Shown | Nothing | None:
        """What is due of this camera now, never what comes later; None if nothing is known yet.

        Who paints it a little later asks for what will be due then. Another `seq` is another
        picture. Until a seek has its first picture, what was shown last.
        """
        player = self._players.get(camera_id)
        if player is None:
            return None
        plan = self._transport.plan()
        ahead_us = round(plan.speed * painted_after_s * 1e6)
        return player.newest(plan._replace(at_us=plan.at_us + ahead_us) if ahead_us else plan)

    def _tell_news(self) -> None:
        if self.on_news is not None:
            self.on_news()

    def _wake(self) -> None:
        for player in self._players.values():
            player.wake()

    def _player(self, camera_id: str, share: Share) -> CameraPlayer:
        player = self._players.get(camera_id)
        if player is not None:
            player.want(share)
            return player
        masks = self._masks.get(camera_id, ())
        player = CameraPlayer(camera_id, self._around, share, masks)
        if self._is_started:
            player.start()
        return player

    def _shares(self, wanted: Mapping[str, Wanted]) -> dict[str, Share]:
        count = max(1, len(wanted))
        limits = self._limits
        return {
            camera_id: Share(
                box=Size(max(2, each.width_px), max(2, each.height_px)),
                threads=limits.threads_alone if count == 1 else 1,
                bytes=limits.kept_bytes // count,
                wants_main=each.main,
                may_play_main=index < limits.main_cameras,
                prepares_steps=count <= _ALL_PREPARE_UP_TO or index == 0,
            )
            for index, (camera_id, each) in enumerate(wanted.items())
        }
