"""Writes down when each picture left a camera, for whoever measures what came of it. No RTSP.

The file is records of 16 bytes, little-endian, appended whole, one a picture and viewer, so that it
can be read while it grows; nothing else is in it. As numpy reads it:

    [("camera", "<u2"), ("stream", "u1"), ("", "u1"), ("number", "<u4"), ("sent_s", "<f8")]

`camera` counts the fleet's cameras from 0 in the order of their specs; `stream` is 0 for main, 1
for sub. `number` is the picture's as served, modulo 2**32: the one in its stamp, or in a clip the
index in the file + file's length × times it has been round. `sent_s` is the monotonic clock, the
same for all processes of the computer, just before the picture's first byte is written.
"""

from __future__ import annotations

import os
import struct
import time
from pathlib import Path

from app.cameras.camera import StreamKind

_RECORD = struct.Struct("<HBxId")
_STREAMS = {StreamKind.MAIN: 0, StreamKind.SUB: 1}


class SendLog:
    """Appends to a file or a named pipe. Belongs to the event loop's thread."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def close(self) -> None:
        """No more is written."""
        os.close(self._file)

    def note(self, camera: int, kind: StreamKind, number: int) -> None:
        """A picture leaves now."""
        stream = _STREAMS[kind]
        os.write(self._file, _RECORD.pack(camera, stream, number & 0xFFFF_FFFF, time.monotonic()))
