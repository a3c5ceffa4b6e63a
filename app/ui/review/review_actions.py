"""What can be done in the Review place, as actions with their keys. Knows the window."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.place_actions import PlaceActions

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.review.review_place import ReviewPlace

PLACE = "review"


def review_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card."""
    return (*_jumps(window), *_transport(window), *_evidence(window), *_tiles(window))


def _actions(window: MainWindow) -> PlaceActions[ReviewPlace]:
    return PlaceActions(window, PLACE, lambda: window.review, "history")


def _jumps(window: MainWindow) -> tuple[Action, ...]:
    return (
        Action("footage_incident", tr("Footage of the incident, from two minutes before"),
               window.footage.incident, "R", "history", place="live", bar=True),
        Action("footage_camera", tr("The last 30 seconds of the camera"),
               window.footage.camera, "Shift+R", "history", place="live"),
    )  # fmt: skip


def _transport(window: MainWindow) -> tuple[Action, ...]:
    act = _actions(window)
    return (
        act("play", tr("Play / stand still"), _space, "Space", "play", bar=True),
        act("jkl", tr("Backwards, still, forwards"), _pause, cap="J K L", bar=True, icon="play"),
        act("backwards", tr("Backwards, faster each time"), _backwards, "J", "rewind",
            listed=False),
        act("pause", tr("Stand still"), _pause, "K", "pause", listed=False),
        act("forwards", tr("Forwards, faster each time"), _forwards, "L", "fast-forward",
            listed=False),
        act("frames", tr("One frame back, on"), functools.partial(_step, -1), cap=", .", bar=True,
            icon="step-back"),
        act("frame_back", tr("One frame back"), functools.partial(_step, -1), ",", "step-back",
            listed=False),
        act("frame_on", tr("One frame on"), functools.partial(_step, 1), ".", "step-forward",
            listed=False),
        act("leap", tr("5 seconds back, on; with Shift a minute"), functools.partial(_leap, -5),
            cap="← →", icon="rewind"),
        *(
            act(f"leap_{number}", tr("{seconds} seconds on or back", seconds=by),
                functools.partial(_leap, by), keys, "rewind", listed=False)
            for number, (keys, by) in enumerate(
                (("Left", -5), ("Right", 5), ("Shift+Left", -60), ("Shift+Right", 60))
            )
        ),
        act("home", tr("To A, or to where it began"), _home, "Home", "step-back"),
        act("live", tr("Back to live"), _live, "End", "radio"),
        act("time", tr("Go to a date and time"), _ask_time, "Ctrl+G", "calendar-clock", bar=True),
        act("place_line", tr("Footage of another place"), _ask_place, "F3", "map-pin"),
        act("zoom", tr("Timeline: closer, farther"), functools.partial(_zoom, True), cap="Ctrl ↑ ↓",
            icon="zoom-in", bar=True),
        act("zoom_in", tr("Timeline: closer"), functools.partial(_zoom, True), "Ctrl+Up",
            "zoom-in", listed=False),
        act("zoom_out", tr("Timeline: farther"), functools.partial(_zoom, False), "Ctrl+Down",
            "zoom-out", listed=False),
    )  # fmt: skip


def _evidence(window: MainWindow) -> tuple[Action, ...]:
    act = _actions(window)
    return (
        act("ab", tr("Set A, set B"), _set_a, cap="I O", icon="scissors", bar=True),
        act("a", tr("A begins here"), _set_a, "I", "scissors", listed=False),
        act("b", tr("B ends here"), _set_b, "O", "scissors", listed=False),
        act("loop", tr("Loop A–B"), _loop, "P", "repeat"),
        act("mark", tr("Bookmark this moment"), _mark, "M", "bookmark", bar=True),
        act("lock", tr("Lock A–B"), _lock, "Ctrl+Shift+K", "lock", bar=True),
        act("export", tr("Export A–B"), _export, "Ctrl+E", "package", bar=True),
        act("still", tr("Still picture of the footage"), _still, "F5", "image"),
    )


def _tiles(window: MainWindow) -> tuple[Action, ...]:
    act = _actions(window)
    numbers = tuple(
        act(f"tile_{number}", tr("Tile {number} over the whole grid", number=number),
            functools.partial(_open_tile, number), str(number), "cctv", listed=False)
        for number in range(1, 10)
    )  # fmt: skip
    zooms = (
        act("closer", tr("Camera picture: closer"), functools.partial(_zoom_tile, True),
            "Alt+PgUp", "zoom-in"),
        act("farther", tr("Camera picture: farther"), functools.partial(_zoom_tile, False),
            "Alt+PgDown", "zoom-out"),
        act("whole", tr("The whole picture of the camera"), _whole_tile, "Ctrl+0", "zoom-out"),
        act("tiles", tr("One tile over the whole grid, and back"),
            functools.partial(_open_tile, 1), cap="1–9", icon="cctv"),
    )  # fmt: skip
    return (*zooms, *numbers, act("back", tr("All cameras again"), _back, "Esc", listed=False))


def _space(place: ReviewPlace) -> None:
    """A button that has the keyboard is pressed, as everywhere."""
    button = QApplication.focusWidget()
    if isinstance(button, QAbstractButton) and place.isAncestorOf(button):
        button.click()
    else:
        place.transport.toggle()


def _backwards(place: ReviewPlace) -> None:
    place.transport.backwards()


def _pause(place: ReviewPlace) -> None:
    place.transport.pause()


def _forwards(place: ReviewPlace) -> None:
    place.transport.forwards()


def _step(by: int, place: ReviewPlace) -> None:
    place.transport.step(by)


def _leap(by_s: float, place: ReviewPlace) -> None:
    place.transport.leap(by_s)


def _home(place: ReviewPlace) -> None:
    place.transport.home()


def _live(place: ReviewPlace) -> None:
    place.transport.follow_live()


def _ask_time(place: ReviewPlace) -> None:
    place.bar.time.ask()


def _ask_place(place: ReviewPlace) -> None:
    place.pane.focus_place()


def _zoom(closer: bool, place: ReviewPlace) -> None:
    place.timeline.zoom(closer)


def _set_a(place: ReviewPlace) -> None:
    place.transport.set_a()


def _set_b(place: ReviewPlace) -> None:
    place.transport.set_b()


def _loop(place: ReviewPlace) -> None:
    place.transport.toggle_loop()


def _mark(place: ReviewPlace) -> None:
    place.evidence.mark()


def _lock(place: ReviewPlace) -> None:
    place.evidence.lock()


def _export(place: ReviewPlace) -> None:
    place.exports.ask_where()


def _still(place: ReviewPlace) -> None:
    place.take_still()


def _open_tile(number: int, place: ReviewPlace) -> None:
    place.open_tile(number)


def _zoom_tile(closer: bool, place: ReviewPlace) -> None:
    place.zoom_tile(closer)


def _whole_tile(place: ReviewPlace) -> None:
    place.whole_tile()


def _back(place: ReviewPlace) -> None:
    place.back()
