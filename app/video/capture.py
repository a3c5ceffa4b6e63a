"""The one module that imports OpenCV: opens a camera's stream and makes its pictures.

Written after what was measured: only constructor parameters bound its waiting, it decodes fastest
with one thread, and what it and FFmpeg print could hold a password: both are silenced.
"""

from __future__ import annotations

import os

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}
os.environ["OPENCV_LOG_LEVEL"] = "SILENT"
os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"  # AV_LOG_QUIET

import cv2  # noqa: E402 - it reads the variables above, and overwrites those of Qt
import numpy as np  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

from app.cameras.address import CameraAddress  # noqa: E402
from app.cameras.masks import PrivacyMask  # noqa: E402
from app.video.opener import Room  # noqa: E402
from app.video.picture import Pixels, Size  # noqa: E402

cv2.setNumThreads(1)  # as many cameras as cores and more: a pool inside each only adds switching

_OPTIONS = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_PROTOCOLS = "protocol_whitelist;rtsp,rtp,tcp,udp,http,https,tls,crypto"
_PLAIN = f"rtsp_transport;tcp|{_PROTOCOLS}"
_AT_ONCE = f"rtsp_transport;tcp|probesize;32|analyzeduration;0|{_PROTOCOLS}"
_CODECS = {"AVC1": "H264", "HVC1": "HEVC", "HEV1": "HEVC", "MJPG": "MJPEG"}
_LARGEST_SCALE = 2.0
"""A picture is enlarged to its tile, so that painting copies, but not to a blur of many MB."""


def open_camera(
    address: CameraAddress, *, plain: bool, open_timeout_s: float, read_timeout_s: float
) -> OpenCvCapture | None:
    """The open camera, or None. Not for two threads at once: OpenCV would queue them anyway, and
    its options are one variable of the process."""
    os.environ[_OPTIONS] = _PLAIN if plain else _AT_ONCE
    parameters = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(open_timeout_s * 1000)),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(read_timeout_s * 1000)),
        *(cv2.CAP_PROP_N_THREADS, 1),
    ]
    try:
        capture = cv2.VideoCapture(address.opening_url(), cv2.CAP_FFMPEG, parameters)
    except cv2.error:
        return None  # its text may hold the URL
    if not capture.isOpened():
        capture.release()
        return None
    return OpenCvCapture(capture)


class OpenCvCapture:
    """One open stream, of the thread that opened it."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    @property
    def codec(self) -> str | None:
        """The codec's name in capitals, if known."""
        code = int(self._capture.get(cv2.CAP_PROP_FOURCC))
        letters = code.to_bytes(4, "little", signed=code < 0).decode("ascii", "replace")
        name = letters.strip("\0 ").upper()
        return _CODECS.get(name, name) if name.isalnum() else None

    def grab(self) -> bool:
        """Wait for the next picture and decode it; False when there is none."""
        return self._capture.grab()

    def picture(
        self, box: Size, room: Room, masks: tuple[PrivacyMask, ...] = ()
    ) -> tuple[Pixels, Size] | None:
        """What was grabbed, inside `box`, made in `room`; and the size it was sent in."""
        try:
            decoded, frame = self._capture.retrieve()
            if not decoded or frame.ndim != 3 or not frame.size:
                return None
            return _made(np.asarray(frame, np.uint8), box, room, masks)
        except cv2.error:
            return None  # a damaged picture; the next may be whole

    def release(self) -> None:
        """Close the stream."""
        self._capture.release()


def _made(
    frame: Pixels, box: Size, room: Room, masks: tuple[PrivacyMask, ...]
) -> tuple[Pixels, Size]:
    source = Size(frame.shape[1], frame.shape[0])
    size = source.inside(box, largest_scale=_LARGEST_SCALE)
    pixels = room(size)
    cv2.cvtColor(_scaled(frame, size), cv2.COLOR_BGR2BGRA, dst=pixels)
    for mask in masks:
        corners = np.array([(x * size.width_px, y * size.height_px) for x, y in mask.corners])
        cv2.fillPoly(pixels, [np.rint(corners).astype(np.int32)], (0, 0, 0, 255))
    return pixels, source


def _scaled(frame: Pixels, size: Size) -> Pixels:
    """Halved by averaging while it can be, then linear: 1080p to a tile 0.9 ms, against 0.5 ms by
    linear alone, in which thin lines and number plates flicker, and 3.0 ms by INTER_AREA alone."""
    while frame.shape[1] >= 2 * size.width_px and frame.shape[0] >= 2 * size.height_px:
        half = (frame.shape[1] // 2, frame.shape[0] // 2)
        frame = np.asarray(cv2.resize(frame, half, interpolation=cv2.INTER_AREA), np.uint8)
    if (frame.shape[1], frame.shape[0]) != size:
        frame = np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return frame
