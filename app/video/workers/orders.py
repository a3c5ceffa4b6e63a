"""What the console says to a decode worker, as bytes. Knows no process and no socket.

An order says the whole of what the worker has to do, never a change to it: a new worker is told
what the one before it was told. Camera addresses with their passwords travel here and nowhere else.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from app.cameras.address import CameraAddress
from app.cameras.masks import PrivacyMask
from app.video.live import WatchedCamera

LARGEST_ORDER_BYTES = 4 * 1024 * 1024
_LENGTH = struct.Struct("<I")
LENGTH_BYTES = _LENGTH.size
_KIND = struct.Struct("<B")
_COUNT = struct.Struct("<H")
_NUMBER = struct.Struct("<I")
_TILE = struct.Struct("<II?")
_CORNER = struct.Struct("<dd")
_SECONDS = struct.Struct("<d")
_NO_TEXT = 0xFFFF
_CAMERAS, _RETRY, _LEAVE = range(3)


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a shown camera's pictures go: the box they fit in, and the segment they are put in."""

    width_px: int
    height_px: int
    main: bool
    segment: str


@dataclass(frozen=True, slots=True)
class CameraOrder:
    """One camera the worker has to read. `number` stands for it in reports; hidden without tile."""

    number: int
    camera: WatchedCamera
    tile: Tile | None


@dataclass(frozen=True, slots=True)
class Cameras:
    """All the worker's cameras from now on, the most urgent first."""

    orders: tuple[CameraOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """Try this camera now: a person asked for it."""

    number: int


@dataclass(frozen=True, slots=True)
class Leave:
    """Close everything and end, within so many seconds."""

    deadline_s: float


Order = Cameras | Retry | Leave


def packed(order: Order) -> bytes:
    """The order with its length before it."""
    out = _Writer()
    match order:
        case Cameras():
            out.number(_KIND, _CAMERAS)
            out.number(_COUNT, len(order.orders))
            for camera in order.orders:
                _write_camera(out, camera)
        case Retry():
            out.number(_KIND, _RETRY)
            out.number(_NUMBER, order.number)
        case Leave():
            out.number(_KIND, _LEAVE)
            out.number(_SECONDS, order.deadline_s)
    return _LENGTH.pack(len(out.data)) + out.data


def order_length(head: bytes) -> int:
    """How many bytes follow the first `LENGTH_BYTES`. Raises ValueError if no order is so long."""
    length: int = _LENGTH.unpack(head)[0]
    if not 0 < length <= LARGEST_ORDER_BYTES:
        raise ValueError("not the length of an order")
    return length


def unpacked(data: bytes) -> Order:
    """The order in the bytes after its length. Raises ValueError on anything else."""
    source = _Reader(data)
    try:
        order = _read_order(source)
    except (struct.error, IndexError) as error:
        raise ValueError("an order that ends too early") from error
    if source.left:
        raise ValueError("an order that goes on after its end")
    return order


class _Writer:
    def __init__(self) -> None:
        self.data = b""

    def number(self, kind: struct.Struct, *values: float) -> None:
        self.data += kind.pack(*values)

    def text(self, text: str | None) -> None:
        """With its length before it; a length no text has stands for none."""
        encoded = b"" if text is None else text.encode()
        self.number(_COUNT, _NO_TEXT if text is None else len(encoded))
        self.data += encoded


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def numbers(self, kind: struct.Struct) -> tuple[float, ...]:
        values = kind.unpack_from(self._data, self._at)
        self._at += kind.size
        return values

    def whole(self, kind: struct.Struct) -> int:
        return int(self.numbers(kind)[0])

    def text(self) -> str:
        text = self.text_or_none()
        if text is None:
            raise ValueError("a text is missing")
        return text

    def text_or_none(self) -> str | None:
        length = self.whole(_COUNT)
        if length == _NO_TEXT:
            return None
        if length > self.left:
            raise IndexError
        self._at += length
        return self._data[self._at - length : self._at].decode()


def _write_camera(out: _Writer, order: CameraOrder) -> None:
    camera, tile = order.camera, order.tile
    out.number(_NUMBER, order.number)
    out.text(camera.camera_id)
    _write_address(out, camera.main)
    out.number(_KIND, camera.sub is not None)
    if camera.sub is not None:
        _write_address(out, camera.sub)
    out.number(_COUNT, len(camera.masks))
    for mask in camera.masks:
        out.number(_COUNT, len(mask.corners))
        for corner in mask.corners:
            out.number(_CORNER, *corner)
    out.number(_KIND, tile is not None)
    if tile is not None:
        out.number(_TILE, tile.width_px, tile.height_px, tile.main)
        out.text(tile.segment)


def _write_address(out: _Writer, address: CameraAddress) -> None:
    for text in (address.scheme, address.host, address.path, address.username, address.password):
        out.text(text)
    out.number(_COUNT, address.port)


def _read_order(source: _Reader) -> Order:
    kind = source.whole(_KIND)
    if kind == _CAMERAS:
        count = source.whole(_COUNT)
        return Cameras(tuple(_read_camera(source) for _ in range(count)))
    if kind == _RETRY:
        return Retry(source.whole(_NUMBER))
    if kind == _LEAVE:
        return Leave(source.numbers(_SECONDS)[0])
    raise ValueError("no such order")


def _read_camera(source: _Reader) -> CameraOrder:
    number, camera_id = source.whole(_NUMBER), source.text()
    main = _read_address(source)
    sub = _read_address(source) if source.whole(_KIND) else None
    masks = tuple(_read_mask(source) for _ in range(source.whole(_COUNT)))
    tile = _read_tile(source) if source.whole(_KIND) else None
    return CameraOrder(number, WatchedCamera(camera_id, main, sub, masks), tile)


def _read_mask(source: _Reader) -> PrivacyMask:
    corners = [source.numbers(_CORNER) for _ in range(source.whole(_COUNT))]
    return PrivacyMask(tuple((x, y) for x, y in corners))


def _read_tile(source: _Reader) -> Tile:
    width_px, height_px, main = source.numbers(_TILE)
    return Tile(int(width_px), int(height_px), bool(main), source.text())


def _read_address(source: _Reader) -> CameraAddress:
    scheme, host, path = source.text(), source.text(), source.text()
    username, password = source.text_or_none(), source.text_or_none()
    return CameraAddress(scheme, host, source.whole(_COUNT), path, username, password)
