"""A screen of the benchmark's own, whose pixels it reads without asking the program on it.

Xvfb keeps its picture in a file (`-fbdir`); mapped into memory, what would be on the glass is read
in place: no grabbing request to the server, no help from Qt, no cost to the program measured.
"""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

WIDTH_PX, HEIGHT_PX = 1600, 900
_COLOUR_BYTES = 12  # of one entry in the colour table of the X window dump format
_START_S = 10.0

Pixels: TypeAlias = NDArray[np.uint8]
"""(height, width, 4), the channels blue, green, red and one unused."""


class NoScreenError(Exception):
    """There is no Xvfb, or it would not start."""


class Screen:
    """A white screen without a window manager: a window as large as it covers it all."""

    def __init__(self, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> None:
        self.display = ""
        self._size_px = (width_px, height_px)
        self.pixels: Pixels
        self._server: subprocess.Popen[bytes] | None = None
        self._folder = Path()
        self._memory: mmap.mmap

    def __enter__(self) -> Self:
        if shutil.which("Xvfb") is None:
            raise NoScreenError("Xvfb is missing: apt-get install xvfb")
        self._folder = Path(tempfile.mkdtemp(prefix="benchmark-screen-"))
        try:
            self.display = self._start()
            self._map()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _start(self) -> str:
        """Start the server on any free display; it writes the number when it is ready."""
        read_end, write_end = os.pipe()
        size = "{}x{}x24".format(*self._size_px)
        command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", size, "-wr", "-noreset"]
        command += ["-nocursor"]  # the pointer would lie on what is read
        command += ["-dpi", "96", "-nolisten", "tcp", "-fbdir", str(self._folder)]
        with os.fdopen(read_end, "rb") as ready:
            try:
                self._server = subprocess.Popen(
                    command,
                    pass_fds=[write_end],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            finally:
                os.close(write_end)
            number = ready.readline().decode().strip()
        if not number:
            raise NoScreenError("Xvfb would not start")
        return f":{number}"

    def _map(self) -> None:
        """Find the pixels behind the header and the colour table of the dump format (XWDFile.h)."""
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        words = struct.unpack(">25I", self._memory[:100])
        header_bytes, width, height = words[0], words[4], words[5]
        bits_per_pixel, bytes_per_line, colours = words[11], words[12], words[19]
        if (width, height, bits_per_pixel) != (*self._size_px, 32):
            raise NoScreenError(f"Xvfb gave {width}×{height} at {bits_per_pixel} bits")
        lines = np.frombuffer(
            self._memory,
            np.uint8,
            count=height * bytes_per_line,
            offset=header_bytes + colours * _COLOUR_BYTES,
        )
        self.pixels = lines.reshape(height, bytes_per_line // 4, 4)[:, :width]

    def _end(self) -> None:
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(_START_S)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def save(self, path: Path) -> None:
        """What the screen shows now, as a PPM picture."""
        rgb = np.ascontiguousarray(self.pixels[:, :, 2::-1])
        path.write_bytes(b"P6 %d %d 255\n" % self._size_px + rgb.tobytes())
