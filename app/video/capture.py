"""The one module that imports OpenCV: opens a camera's stream and makes its pictures.

Written after what was measured: only constructor parameters bound its waiting, it decodes fastest
with one thread, and what it and FFmpeg print could hold a password: both are silenced.
"""

from __future__ import annotations

import os
from typing import Any

from app.platform import FFMPEG_IS_THREAD_SAFE

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}
os.environ["OPENCV_LOG_LEVEL"] = "SILENT"
os.environ["OPENCV_FFMPEG_LOGLEVEL"] = "-8"  # AV_LOG_QUIET
if FFMPEG_IS_THREAD_SAFE:
    os.environ["OPENCV_FFMPEG_IS_THREAD_SAFE"] = "1"  # no lock around each opening

import cv2  # noqa: E402 - it reads the variables above, and overwrites those of Qt

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

from app.cameras.address import CameraAddress  # noqa: E402
from app.cameras.masks import PrivacyMask  # noqa: E402
from app.video.mask_stencil import MaskStencil  # noqa: E402
from app.video.opener import Room  # noqa: E402
from app.video.picture import Pixels, Size  # noqa: E402
from app.video.standstill import some_points  # noqa: E402

cv2.setNumThreads(1)  # as many cameras as cores and more: a pool inside each only adds switching

_OPTIONS = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_PROTOCOLS = "protocol_whitelist;rtsp,rtp,tcp,udp,http,https,tls,crypto"
_PLAIN = f"rtsp_transport;tcp|allowed_media_types;video|{_PROTOCOLS}"
"""Sound is not asked for: it would be fetched, taken apart and thrown away."""
_AT_ONCE = f"{_PLAIN}|probesize;32|analyzeduration;0"
"""Opens in 0.08 s a camera that sends at once, where `_PLAIN` watches it for 1.9 s. Nothing else
shortens it: over TCP no packets are re-ordered, and `nobuffer` loses the first key picture."""
_PATIENTLY = f"{_PLAIN}|fpsprobesize;0|analyzeduration;2000000"
"""For a camera that does not open at once: looks as long as its codec needs (0.6 s), not until its
rate is known too, which takes up to 2.8 s and is then not used."""
_CODECS = {"AVC1": "H264", "HVC1": "HEVC", "HEV1": "HEVC", "MJPG": "MJPEG"}
_resized: Any = cv2.resize  # the same
_LARGEST_SCALE = 2.0
"""A picture is enlarged to its tile, so that painting copies, but not to a blur of many MB."""


def open_camera(
    address: CameraAddress, *, plain: bool, open_timeout_s: float, read_timeout_s: float
) -> OpenCvCapture | None:
    """The open camera, or None. Not for two threads at once that differ in `plain`: OpenCV's
    options are one variable of the process. Nor for any two without `FFMPEG_IS_THREAD_SAFE`."""
    options = _PATIENTLY if plain else _AT_ONCE
    if os.environ.get(_OPTIONS) != options:  # another thread may be reading it
        os.environ[_OPTIONS] = options
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
    return OpenCvCapture(capture, counts_time=address.is_rtsp)


class OpenCvCapture:
    """One open stream, of the thread that opened it."""

    def __init__(self, capture: cv2.VideoCapture, *, counts_time: bool = False) -> None:
        self._capture: Any = capture  # whose pictures are typed as any matrix
        self._counts_time = counts_time
        self._stencil: MaskStencil | None = None
        self._shape: tuple[int, ...] = ()
        self._box = self._source = self._fitted = Size(0, 0)
        """Of the picture before; the next is nearly always alike."""
        self.takes_points = False
        self.points: Pixels | None = None
        """Of the picture last made; all that tells a copy from a new one: FFmpeg marks pictures it
        could not decode, but OpenCV does not pass that on, nor options to the decoder."""

    @property
    def codec(self) -> str | None:
        """The codec's name in capitals, if known."""
        code = int(self._capture.get(cv2.CAP_PROP_FOURCC))
        letters = code.to_bytes(4, "little", signed=code < 0).decode("ascii", "replace")
        name = letters.strip("\0 ").upper()
        return _CODECS.get(name, name) if name.isalnum() else None

    @property
    def size(self) -> Size | None:
        """Of the pictures the stream says it holds."""
        width_px = int(self._capture.get(cv2.CAP_PROP_FRAME_WIDTH))
        height_px = int(self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
        return Size(width_px, height_px) if width_px > 0 and height_px > 0 else None

    @property
    def position_s(self) -> float | None:
        """The picture's own time stamp: RTP carries one, over HTTP it would be made up."""
        return self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000 if self._counts_time else None

    @property
    def is_key(self) -> bool:
        """Whether the packet last read begins anew."""
        return bool(self._capture.get(cv2.CAP_PROP_LRF_HAS_KEY_FRAME) > 0)

    def grab(self) -> bool:
        """Wait for the next picture and decode it; False when there is none."""
        return bool(self._capture.grab())

    def picture(
        self, box: Size, room: Room, masks: tuple[PrivacyMask, ...] = ()
    ) -> tuple[Pixels, Size] | None:
        """What was grabbed, inside `box`, made in `room`; and the size it was sent in."""
        try:
            decoded, frame = self._capture.retrieve()
            if not decoded or frame.ndim != 3 or not frame.size:
                return None
            if frame.shape != self._shape or box != self._box:
                self._shape, self._box = frame.shape, box
                self._source = Size(frame.shape[1], frame.shape[0])
                self._fitted = self._source.inside(box, largest_scale=_LARGEST_SCALE)
            pixels = room(self._fitted)
            whole: Pixels = frame
            self.points = some_points(whole) if self.takes_points else None
            _scale(whole, pixels)
        except cv2.error:
            return None  # a damaged picture; the next may be whole
        if masks:
            self._blacken(masks, pixels)
        return pixels, self._source

    def _blacken(self, masks: tuple[PrivacyMask, ...], pixels: Pixels) -> None:
        size = Size(pixels.shape[1], pixels.shape[0])
        if self._stencil is None or not self._stencil.is_for(masks, size):
            self._stencil = MaskStencil(masks, size)
        self._stencil.blacken(pixels)

    def release(self) -> None:
        """Close the stream."""
        self._capture.release()


def _scale(frame: Pixels, pixels: Pixels) -> None:
    """BGR of any size into BGRA of any other.

    Halved by averaging while it can be, then linear, in four channels straight into the room. By
    linear alone thin lines and number plates flicker; by INTER_AREA alone it takes four times as
    long. Memory is asked for afresh: kept from picture to picture it would be out of the caches.
    FFmpeg's planes cannot be had through OpenCV (of I420 it gives the grey one only), so colours
    are converted at full size, by `retrieve`: docs/measurements.md has the figures.
    """
    height, width = pixels.shape[:2]
    while frame.shape[1] >= 2 * width and frame.shape[0] >= 2 * height:
        half = (frame.shape[1] // 2, frame.shape[0] // 2)
        frame = _resized(frame, half, interpolation=cv2.INTER_AREA)
    if frame.shape[:2] == (height, width):
        cv2.cvtColor(frame, cv2.COLOR_BGR2BGRA, dst=pixels)
        return
    with_alpha = cv2.cvtColor(frame, cv2.COLOR_BGR2BGRA)
    cv2.resize(with_alpha, (width, height), dst=pixels, interpolation=cv2.INTER_LINEAR)
