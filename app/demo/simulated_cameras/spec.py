"""What a simulated camera is told to be. The console imports this: no cv2, no av."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.cameras.camera import StreamKind


class Scene(StrEnum):
    """A drawn place."""

    STREET = "street"
    RIVERSIDE = "riverside"
    MARKET = "market"
    JUNCTION = "junction"
    TEMPLE = "temple"
    ALLEY = "alley"
    GOVERNMENT_CENTRE = "government_centre"
    PIER = "pier"


class Light(StrEnum):
    """Day or night in a drawn scene; `LOCAL` follows the clock of Asia/Bangkok."""

    LOCAL = "local"
    DAY = "day"
    NIGHT = "night"


class Login(StrEnum):
    """How a camera asks who is there."""

    NONE = "none"
    BASIC = "basic"
    DIGEST = "digest"


class Codec(StrEnum):
    """How pictures are encoded."""

    H264 = "h264"
    HEVC = "hevc"


class Fault(StrEnum):
    """What can be wrong with a camera, on command. `behaviour` says it in full."""

    REFUSE = "refuse"  # its port is shut; on a shared port it hangs up
    DROP = "drop"  # connections are closed, new ones get no answer but a hang-up
    SILENT = "silent"  # takes connections, never answers
    FREEZE = "freeze"  # the session stays open and answers, but no more pictures come
    NO_MEDIA = "no_media"  # answers everything, plays nothing
    DELAY = "delay"
    JITTER = "jitter"
    CORRUPT = "corrupt"  # spoilt video in good packets
    GARBAGE = "garbage"  # random bytes in place of packets
    ONE_BYTE = "one_byte"  # every byte by itself
    EMPTY = "empty"  # packets and frames of no length among the good ones
    WRONG_PASSWORD = "wrong_password"  # it wants another one than before
    SIZE = "size"
    RATE = "rate"
    CODEC = "codec"  # HEVC in place of H.264
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class FaultSettings:
    """How a fault is. Each fault reads what concerns it."""

    delay_s: float = 0.5  # DELAY
    jitter_s: float = 0.2  # JITTER: between 0 and this
    seed: int = 1  # JITTER, CORRUPT, GARBAGE
    width_px: int = 800  # SIZE, both streams; even
    height_px: int = 448
    fps: int = 5  # RATE
    to_camera: str = ""  # REDIRECT; empty: to itself, for ever
    password: str = field(default="", repr=False)  # WRONG_PASSWORD; empty: one nobody knows


@dataclass(frozen=True, slots=True)
class StreamSize:
    """Size and rate of one stream. Width and height are even."""

    width_px: int
    height_px: int
    fps: int


@dataclass(frozen=True, slots=True)
class SceneContent:
    """A drawn scene. `variant` turns the camera and sends other people past."""

    scene: Scene
    light: Light = Light.LOCAL
    rain: bool = False
    variant: int = 0


@dataclass(frozen=True, slots=True)
class StampContent:
    """Pictures that carry their own number and capture time in big cells, for measuring."""


@dataclass(frozen=True, slots=True)
class ClipContent:
    """The packets of a video file, over and over. Both streams show the same file."""

    path: Path


Content = SceneContent | StampContent | ClipContent

MAIN_SIZE = StreamSize(1280, 720, 12)
SUB_SIZE = StreamSize(640, 360, 10)


@dataclass(frozen=True, slots=True)
class CameraSpec:
    """One simulated camera, served at `<base url>/<camera_id>/main` and `/sub`."""

    camera_id: str
    name_th: str
    content: Content
    main: StreamSize = MAIN_SIZE
    sub: StreamSize = SUB_SIZE
    login: Login = Login.NONE
    username: str = ""
    password: str = field(default="", repr=False)
    clock_offset_s: float = 0.0  # the camera's clock minus the true time
    waits_for_keyframe: bool = False  # a new viewer waits for the next natural keyframe
    keyframe_every_s: float = 2.0

    def size(self, kind: StreamKind) -> StreamSize:
        """Size and rate of the stream asked for."""
        return self.main if kind is StreamKind.MAIN else self.sub


def stream_path(camera_id: str, kind: StreamKind) -> str:
    """The path of a stream inside the base URL, with its leading slash."""
    return f"/{camera_id}/{kind.value}"
