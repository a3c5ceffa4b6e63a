"""What is known of a camera that is being tried: steps that tick off, and its picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.picture_image import image_over
from app.ui.setup.camera_rows import clock_state, clock_words
from app.ui.theme import Theme
from app.ui.widgets.labels import ElidedLabel, IconLabel, restate, voiced
from app.video.picture import Picture
from app.video.stream_finder import FoundStreams
from app.video.trial import TrialStep, TrialStepKind


class TrialView(QFrame):
    """Lines to the left, the picture to the right, what went wrong below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "bg")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.reached = _StepLine(theme)
        self.stream = _StepLine(theme)
        self.video = _StepLine(theme)
        self.delay = _StepLine(theme)
        self.clock = _StepLine(theme)
        for line in self._lines():
            lines.addWidget(line)
        lines.addStretch(1)
        row.addLayout(lines, 1)
        self.picture = _StillPicture(theme)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.words = voiced("", "", "red", wraps=True)
        column.addWidget(self.words)
        self.clear()

    def _lines(self) -> tuple[_StepLine, ...]:
        return self.reached, self.stream, self.video, self.delay, self.clock

    def clear(self) -> None:
        """Nothing is being tried."""
        for line in self._lines():
            line.wait("")
        self.reached.wait(tr("Not tried yet"))
        self.picture.show_picture(None)
        self._tell("")

    def begin(self) -> None:
        """A trial has begun."""
        self.clear()
        self.reached.wait(tr("Asking the camera…"), "loader-circle")

    def show_streams(self, found: FoundStreams) -> None:
        """It answers, and its streams are known."""
        self.reached.done(tr("The camera answers"))
        path = found.main.path or "/"
        self.stream.done(f"{found.maker} · {path}" if found.maker else path)
        self.video.wait(tr("Waiting for a picture…"), "loader-circle")

    def show_step(self, step: TrialStep) -> None:
        """One thing more is known."""
        match step.kind:
            case TrialStepKind.REACHABLE:
                self.reached.done(tr("The camera answers"))
            case TrialStepKind.DESCRIBED:
                self.video.wait(tr("Waiting for a picture…"), "loader-circle")
            case TrialStepKind.PICTURE:
                self._show_video(step)
                self.clock.wait(tr("Comparing the clocks…"), "loader-circle")
            case TrialStepKind.CLOCK:
                self._show_clock(step.clock_ahead_s)

    def _show_video(self, step: TrialStep) -> None:
        size = f"{step.size.width_px}×{step.size.height_px}" if step.size else ""
        self.video.done(" · ".join(part for part in (step.codec or "", size) if part))
        self.delay.done(tr("Picture after {seconds:.1f} s", seconds=step.after_s))
        self.picture.show_picture(step.picture)

    def _show_clock(self, ahead_s: float | None) -> None:
        if ahead_s is None:
            self.clock.wait(tr("The camera does not tell its time"), "minus")
            return
        words = tr("Clock {difference}", difference=clock_words(ahead_s))
        self.clock.done(words, clock_state(ahead_s) or "green")

    def show_failure(self, error: KnownError) -> None:
        """There is no picture, and why."""
        for line in self._lines():
            line.fail_if_waiting()
        self._tell(explain(error))

    def _tell(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))


class _StepLine(QWidget):
    """A mark and a few words; the words end in … when there is no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._mark = IconLabel(theme, "minus", "text_3", 14)
        self.words = ElidedLabel("", "second")
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        self._waits = False

    def wait(self, words: str, mark: str = "minus") -> None:
        """Not known yet."""
        self._waits = mark == "loader-circle"
        self._show(words, mark, "text_3", "")

    def done(self, words: str, state: str = "green") -> None:
        """Known: good, or `amber` or `red`."""
        self._waits = False
        mark = {"green": "check", "amber": "triangle-alert"}.get(state, "triangle-alert")
        self._show(words, mark, state, "" if state == "green" else state)

    def fail_if_waiting(self) -> None:
        """What was waited for will not come."""
        if self._waits:
            self._waits = False
            self._mark.show_icon("x", "red")

    def _show(self, words: str, mark: str, token: str, state: str) -> None:
        self._mark.show_icon(mark, token)
        self._mark.setVisible(bool(words))
        restate(self.words, "state", state)
        self.words.setText(words)


class _StillPicture(QWidget):
    """One picture in a 16:9 place, in the camera's own proportions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self.setFixedSize(theme.px(168), theme.px(95))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(168), self._theme.px(95))

    @property
    def is_empty(self) -> bool:
        """Whether no picture is shown."""
        return self._image is None

    def show_picture(self, picture: Picture | None) -> None:
        """Its pixels are copied: the picture may go."""
        self._image = None
        if picture is not None:
            self._image = image_over(picture.pixels).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("picture"))
        if self._image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) // 2
        top = (self.height() - size.height()) // 2
        room = self.rect().adjusted(left, top, 0, 0)
        room.setSize(size)
        painter.drawImage(room, self._image)
