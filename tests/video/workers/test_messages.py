"""What the console and its workers say to each other: whole, and nothing else is taken."""

from __future__ import annotations

import dataclasses
import struct
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.address import PORTS, CameraAddress
from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.errors import Message
from app.video import reasons
from app.video.health import CameraState, Health
from app.video.live import WatchedCamera
from app.video.picture import Size
from app.video.workers import orders, reports
from app.video.workers.orders import CameraOrder, Cameras, Leave, Retry, Tile
from app.video.workers.reports import BadReport, Beat, CameraReport, Note, ReportStream

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
NUMBER = st.integers(1, 2**32 - 1)
SIDE = st.integers(1, 65_535)
PART = st.floats(0, 1)
ADDRESS = st.builds(
    CameraAddress,
    scheme=st.sampled_from(sorted(PORTS)),
    host=TEXT,
    port=st.integers(1, 65_535),
    path=TEXT,
    username=st.none() | TEXT,
    password=st.none() | TEXT,
)
MASK = st.builds(PrivacyMask, st.lists(st.tuples(PART, PART), max_size=5).map(tuple))
CAMERA = st.builds(
    WatchedCamera,
    camera_id=TEXT,
    main=ADDRESS,
    sub=st.none() | ADDRESS,
    masks=st.lists(MASK, max_size=3).map(tuple),
)
TILE = st.builds(Tile, SIDE, SIDE, st.booleans(), TEXT)
CAMERA_ORDER = st.builds(CameraOrder, NUMBER, CAMERA, st.none() | TILE)
ORDER = (
    st.builds(Cameras, st.lists(CAMERA_ORDER, max_size=4).map(tuple))
    | st.builds(Retry, NUMBER)
    | st.builds(Leave, st.floats(0, 60))
)

SECONDS = st.floats(0, 1e9)
TIME = st.integers(0, 4_000_000_000_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC))
REASON = st.sampled_from(reasons.EVERY).map(
    lambda each: Message(each.template, dict.fromkeys(each.values, 503))
)
HEALTH = st.builds(
    Health,
    camera_id=st.just(""),
    state=st.sampled_from(CameraState),
    reason=st.none() | REASON,
    since_s=SECONDS,
    since_at=st.none() | TIME,
    attempt=st.integers(0, 2**32 - 1),
    last_picture_s=st.none() | SECONDS,
    last_picture_at=st.none() | TIME,
    size=st.none() | st.builds(Size, SIDE, SIDE),
    codec=st.none() | st.sampled_from(["H264", "HEVC", "MJPEG", "MP4V-ES"]),
    fps=st.floats(0, 1000),
    drops=st.integers(0, 2**64 - 1),
    reconnects=st.integers(0, 2**32 - 1),
    stream=st.none() | st.sampled_from(StreamKind),
    clock_ahead_s=st.none() | st.floats(-1e9, 1e9),
    next_try_s=st.none() | SECONDS,
    next_try_at=st.none() | TIME,
)
REPORT = (
    st.builds(Beat, st.integers(0, 2**32 - 1))
    | st.builds(CameraReport, NUMBER, HEALTH, st.none() | SECONDS)
    | st.builds(Note, st.text(st.characters(codec="ascii", categories=["L", "N"]), max_size=99))
)


@given(ORDER)
def test_an_order_arrives_as_it_was_given(order: orders.Order) -> None:
    data = orders.packed(order)
    head, body = data[: orders.LENGTH_BYTES], data[orders.LENGTH_BYTES :]
    assert orders.order_length(head) == len(body)
    assert orders.unpacked(body) == order


@given(ORDER, st.data())
def test_half_an_order_is_no_order(order: orders.Order, data: st.DataObject) -> None:
    body = orders.packed(order)[orders.LENGTH_BYTES :]
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(ValueError, match="order"):
        orders.unpacked(body[:cut])
    with pytest.raises(ValueError, match="order"):
        orders.unpacked(body + b"\0")


@given(st.lists(REPORT, max_size=4), st.integers(1, 400))
def test_reports_arrive_whole_however_they_are_cut(said: list[reports.Report], piece: int) -> None:
    data = b"".join(reports.packed(report) for report in said)
    stream = ReportStream()
    heard: list[reports.Report] = []
    for start in range(0, len(data), piece):
        heard += stream.feed(data[start : start + piece])
    assert heard == said


def test_everything_that_is_known_of_a_camera_is_said() -> None:
    said = {field.name for field in dataclasses.fields(Health)}
    full = Health(
        "", CameraState.LIVE, reasons.STOPPED, 1.0, datetime(2026, 11, 22, tzinfo=UTC), 2, 3.0,
        datetime(2026, 11, 22, tzinfo=UTC), Size(4, 5), "H264", 6.0, 7, 8, StreamKind.SUB, 9.0,
        10.0, datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    differing = {n for n in said if getattr(full, n) != getattr(Health(""), n)}
    assert differing == said - {"camera_id"}, "a new field of Health: say it in the report too"
    (heard,) = ReportStream().feed(reports.packed(CameraReport(1, full)))
    assert heard == CameraReport(1, full)


def test_every_reason_a_camera_may_be_lost_for_can_be_said() -> None:
    messages = [value for value in vars(reasons).values() if isinstance(value, Message)]
    messages += reasons._WHY.values()
    assert {each.template for each in messages} <= {each.template for each in reasons.EVERY}


@given(st.binary(max_size=2000))
def test_nonsense_is_refused_or_understood_and_nothing_else(data: bytes) -> None:
    try:
        for report in ReportStream().feed(data):
            assert isinstance(report, Beat | CameraReport | Note)
    except BadReport:
        pass


@given(HEALTH, st.integers(0, 10**6), st.integers(0, 255))
def test_a_report_with_a_wrong_byte_is_refused_or_understood(
    health: Health, place: int, byte: int
) -> None:
    report = bytearray(reports.packed(CameraReport(1, health, 2.0)))
    report[place % len(report)] = byte
    with suppress(BadReport):
        list(ReportStream().feed(bytes(report)))


@pytest.mark.parametrize("fps", [-1.0, 1e9, float("inf"), float("nan")])
def test_numbers_that_cannot_be_are_refused(fps: float) -> None:
    with pytest.raises(BadReport):
        list(ReportStream().feed(reports.packed(CameraReport(1, Health("", fps=fps)))))


def test_a_note_says_no_more_than_its_room_and_no_control_characters() -> None:
    (note,) = ReportStream().feed(reports.packed(Note("ก" * 5000 + "\x1b[2J")))
    assert isinstance(note, Note)
    assert set(note.text) <= {"ก", "\N{REPLACEMENT CHARACTER}"}
    (note,) = ReportStream().feed(reports.packed(Note("a\x1b[2Jb\nc")))
    assert note == Note("a[2Jb\nc")


@pytest.mark.parametrize("length", [0, orders.LARGEST_ORDER_BYTES + 1])
def test_an_order_of_impossible_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="length"):
        orders.order_length(struct.pack("<I", length))
