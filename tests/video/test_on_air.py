"""Both streams of a camera: which is read, which is on the tile, when one or both fail."""

from __future__ import annotations

from app.cameras.camera import StreamKind
from app.video.feed import Duty
from app.video.health import CameraState
from app.video.live import Wanted
from app.video.on_air import OnAir

MAIN, SUB = StreamKind.MAIN, StreamKind.SUB
SMALL, LARGE, SELECTED = Wanted(160, 90), Wanted(800, 450), Wanted(160, 90, main=True)


class Camera:
    """A camera with both streams and a hand on its clock."""

    def __init__(self, wanted: Wanted | None, *kinds: StreamKind) -> None:
        self.now_s = 100.0
        self.on_air = OnAir(kinds or (MAIN, SUB), linger_s=2.0, settled_after_s=5.0)
        self.on_air.want(wanted, self.now_s)
        self.after(0.0)

    def after(self, seconds: float) -> None:
        self.now_s += seconds
        self.on_air.steer(self.now_s, overloaded=False)

    def want(self, wanted: Wanted | None) -> None:
        self.on_air.want(wanted, self.now_s)
        self.after(0.0)

    def pictures(self, kind: StreamKind, seconds: float = 0.0) -> None:
        """The stream delivers, and its pictures are made if they are to be shown."""
        for _ in range(round(seconds * 10) + 1):
            self.on_air.delivered(kind, self.now_s)
            if self.on_air.shows(kind):
                self.on_air.showed(kind)
            self.after(0.1)

    def lose(self, kind: StreamKind, state: CameraState = CameraState.LOST) -> None:
        self.on_air.lost(kind, state)
        self.after(0.0)

    @property
    def read(self) -> set[StreamKind]:
        return {kind for kind in (MAIN, SUB) if self.on_air.duties.get(kind) is Duty.READ}


def test_only_the_stream_that_suits_is_read() -> None:
    assert Camera(SMALL).read == {SUB}
    assert Camera(LARGE).read == {MAIN}
    assert Camera(SMALL, MAIN).read == {MAIN}, "a camera with one stream shows that"


def test_on_a_switch_the_old_picture_stays_until_the_new_stream_has_one() -> None:
    camera = Camera(SMALL)
    camera.pictures(SUB)
    camera.want(SELECTED)
    assert camera.read == {MAIN, SUB}
    camera.pictures(SUB, 2)
    assert camera.on_air.kind is SUB
    camera.pictures(MAIN)
    assert camera.on_air.kind is MAIN
    assert camera.read == {MAIN}
    assert not camera.on_air.shows(SUB), "the old stream's next picture does not come back"


def test_a_main_stream_that_does_not_come_leaves_the_sub_stream_on_the_tile() -> None:
    camera = Camera(SMALL)
    camera.pictures(SUB)
    camera.want(SELECTED)
    assert not camera.on_air.speaks(MAIN), "the camera is live: nothing is told"
    camera.lose(MAIN)
    camera.pictures(SUB, 3)
    assert (camera.on_air.kind, camera.read) == (SUB, {MAIN, SUB})


def test_when_the_stream_on_the_tile_dies_the_other_takes_its_place_until_it_is_back() -> None:
    camera = Camera(LARGE)
    camera.pictures(MAIN, 10)
    assert camera.on_air.speaks(MAIN)
    camera.lose(MAIN)
    assert camera.read == {MAIN, SUB}
    camera.pictures(SUB, 20)
    assert camera.on_air.kind is SUB
    camera.pictures(MAIN, 4)
    assert camera.on_air.kind is MAIN
    assert camera.read == {MAIN, SUB}, "it has only just come back: the other stays at hand"
    camera.pictures(MAIN, 2)
    assert camera.read == {MAIN}


def test_a_wrong_password_is_not_tried_on_the_other_stream_too() -> None:
    camera = Camera(LARGE)
    camera.lose(MAIN, CameraState.WRONG_PASSWORD)
    assert camera.read == {MAIN}
    assert camera.on_air.speaks(MAIN)


def test_a_hidden_camera_is_read_for_two_seconds_more_and_then_asked_by_the_stream_that_works() -> (
    None
):
    camera = Camera(SMALL)
    camera.pictures(SUB)
    camera.want(None)
    camera.after(1.9)
    assert camera.read == {SUB}
    camera.after(0.2)
    assert camera.on_air.duties[SUB] is Duty.CHECK
    camera.lose(SUB)
    assert (camera.on_air.duties[SUB], camera.on_air.duties[MAIN]) == (Duty.REST, Duty.CHECK)
    camera.on_air.answered(MAIN)
    camera.want(SMALL)
    assert camera.read == {MAIN, SUB}, "the small stream was lost: both are tried"


def test_both_streams_dead_are_both_tried_and_the_camera_says_why_of_the_one_that_suits() -> None:
    camera = Camera(SMALL)
    camera.lose(SUB)
    camera.lose(MAIN)
    assert camera.read == {MAIN, SUB}
    assert camera.on_air.speaks(SUB)
    assert not camera.on_air.speaks(MAIN)
