"""A tile that outgrows its outbox gets another while its camera is read."""

from __future__ import annotations

from app.cameras.address import parse_camera_address
from app.video.live import Wanted, WatchedCamera
from app.video.outlet import Outlet
from app.video.picture import Mailbox, Pixels, Size
from app.video.reader import CameraReader, Surroundings
from tests.video.cameras import until
from tests.video.python_decoder import Decoder, clock_now, reachable


class Counted(Mailbox):
    """An outbox that knows how often it was closed, and whether it was used after that."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = 0
        self.used_after_closing = False

    def room(self, size: Size) -> Pixels:
        self.used_after_closing |= self.closed > 0
        return super().room(size)

    def close(self) -> None:
        self.closed += 1


def test_pictures_go_into_the_new_outbox_and_the_old_one_is_closed_by_the_reader() -> None:
    clock = clock_now()
    boxes = [Counted(), Counted(), Counted()]

    def script(_number: int) -> bool:
        clock.advance(0.066)
        return True

    around = Surroundings(
        Decoder(clock, script), clock, examine=reachable, outbox=lambda _id: boxes[0]
    )
    reader = CameraReader(WatchedCamera("C01", parse_camera_address("rtsp://10.0.0.9/s")), around)
    reader.show(Wanted(100, 50))
    reader.start()
    for size, (old, new) in enumerate([(boxes[0], boxes[1]), (boxes[1], boxes[2])], start=2):
        until(old.newest)
        reader.show(Wanted(size * 100, size * 50), new)
        until(new.newest)
        picture = new.newest()
        assert picture is not None
        assert picture.size == (size * 100, size * 50)
        assert (old.closed, new.closed) == (1, 0)
    reader.ask_to_stop()
    assert reader.join(5)
    assert [box.closed for box in boxes] == [1, 1, 1]
    assert not any(box.used_after_closing for box in boxes)


def test_an_outbox_that_was_never_used_is_closed_too() -> None:
    first, unused, last, late = Counted(), Counted(), Counted(), Counted()
    outlet = Outlet(first)
    outlet.exchange(unused)
    outlet.exchange(last)
    assert (first.closed, unused.closed) == (0, 1)
    assert outlet.current() is last
    outlet.close()
    outlet.exchange(late)
    assert [box.closed for box in (first, unused, last, late)] == [1, 1, 1, 1]
