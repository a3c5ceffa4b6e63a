"""Adding a camera: every wrong address has its Thai sentence, and the log does not move."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.thai.translation import Language, set_language, tr
from app.ui.setup.camera_form import CameraForm
from tests.video.cameras import SOUND_ONLY, ScriptedCamera, describes, free_port

GOOD = {
    "name": "กล้องหน้าร้าน",
    "main_url": "rtsp://127.0.0.1:1/main",
    "place": "16.5431, 104.7228",
}


@pytest.fixture
def form(console: Console) -> CameraForm:
    """The form in Setup, filled rightly but for its address, where nothing listens."""
    console.window.show_place("setup")
    form = console.window.setup.form
    for name, text in GOOD.items():
        form.field(name).setText(text)
    return form


def try_it(form: CameraForm, qtbot: QtBot) -> str:
    """Press the button; what stands under the form when the answer has come."""
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(form.save.isEnabled, timeout=15_000)
    assert form.words.isVisible()
    return form.words.text()


def english(words: str) -> str:
    """A sentence that has a Thai of its own."""
    set_language(Language.ENGLISH)
    source = tr(words)
    set_language(Language.THAI)
    assert tr(words) != source, f"no Thai for: {words}"
    return tr(words)


WRONG = [
    ("main_url", "กล้องหน้าร้าน", None),
    ("main_url", "", None),
    ("main_url", "ftp://127.0.0.1/main", None),
    ("main_url", "file:///etc/passwd", None),
    ("main_url", "rtsp://", None),
    ("name", " ", "The camera has no name."),
    ("place", "48.8584, 2.2945", None),
    ("place", "หน้าร้าน", None),
    ("place", "", None),
    ("bearing_deg", "ทิศเหนือ", None),
    ("bearing_deg", "400", None),
    ("field_of_view_deg", "0", None),
    ("range_m", "-5", None),
    ("range_m", "nan", None),
]


def test_what_is_wrong_with_the_form_is_said_in_thai_and_nothing_is_lost(
    console: Console, form: CameraForm, qtbot: QtBot
) -> None:
    head = console.log.head()
    for name, typed, sentence in WRONG:
        form.field(name).setText(typed)
        said = try_it(form, qtbot)
        assert any("ก" <= letter <= "๙" for letter in said), (name, typed, said)
        if sentence:
            assert english(sentence) in said
        assert form.words.property("state") == "red", (name, typed, said)
        assert form.field(name).text() == typed
        form.field(name).setText(GOOD.get(name, ""))
    assert {name: form.field(name).text() for name in GOOD} == GOOD
    assert console.log.head() == head


def test_each_wrong_address_has_a_sentence_of_its_own(
    console: Console, form: CameraForm, qtbot: QtBot
) -> None:
    said = []
    for typed in ("กล้อง", "ftp://127.0.0.1/main", "rtsp://127.0.0.1:99999/main"):
        form.field("main_url").setText(typed)
        said.append(try_it(form, qtbot))
    assert len(set(said)) == 3, said


def test_an_address_that_points_nowhere_says_so(
    console: Console, form: CameraForm, qtbot: QtBot
) -> None:
    form.field("main_url").setText(f"rtsp://127.0.0.1:{free_port()}/main")
    head = console.log.head()
    assert english("The camera refuses the connection.") in try_it(form, qtbot)
    assert console.log.head() == head


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[str], bytes | None]], ScriptedCamera]]:
    """Small RTSP servers that answer as told."""
    made: list[ScriptedCamera] = []

    def serve(reply: Callable[[str], bytes | None]) -> ScriptedCamera:
        made.append(ScriptedCamera(reply))
        return made[-1]

    yield serve
    for camera in made:
        camera.close()


def test_a_stream_without_video_says_so_and_what_was_typed_stays(
    console: Console,
    form: CameraForm,
    qtbot: QtBot,
    serve: Callable[[Callable[[str], bytes | None]], ScriptedCamera],
) -> None:
    url = f"rtsp://127.0.0.1:{serve(describes(SOUND_ONLY)).port}/stream"
    form.field("main_url").setText(url)
    head = console.log.head()
    assert english("The stream holds no video.") in try_it(form, qtbot)
    assert form.field("main_url").text() == url
    assert console.log.head() == head


def test_a_password_typed_with_the_address_is_never_said_or_stored_in_the_log(
    console: Console, form: CameraForm, qtbot: QtBot
) -> None:
    form.field("main_url").setText(f"rtsp://admin:geheim99@127.0.0.1:{free_port()}/main")
    assert "geheim99" not in try_it(form, qtbot)
    files = [path for path in console.folder.root.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"geheim99" in path.read_bytes()]
