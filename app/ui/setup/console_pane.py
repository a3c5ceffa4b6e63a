"""What Setup tells of this console: language, station, the head of the log. Knows no camera."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.errors import KnownError
from app.log.rights import ROLE_NAMES
from app.station.profile import Profile
from app.station.signing_key import KeyShown
from app.thai.translation import Language, language, say, tr
from app.ui.desk import Desk
from app.ui.theme import TEXT_PERCENTS, Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead

_NAMES_PX = 240


class ConsolePane(QFrame):
    """Language first; then what the station's file says, which is edited by hand."""

    language_requested = Signal(str)
    text_size_requested = Signal(int)  # percent

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        profile: Profile,
        key: Callable[[], KeyShown] | None = None,
    ) -> None:
        """`key` asks what there is to tell of the station's signing key."""
        super().__init__()
        self._theme, self._ask_key = theme, key
        self._desk = desk
        self._profile = profile
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SectionHead(theme, "sliders-horizontal", tr("The console")))
        self._inner = QVBoxLayout()
        self._inner.setContentsMargins(16, 8, 16, 8)
        self._inner.setSpacing(0)
        self._inner.addWidget(voiced(tr("Language"), "second"))
        self.languages = Segments(((Language.THAI, "ไทย"), (Language.ENGLISH, "English")))
        self.languages.set_on(language())
        self.languages.chosen.connect(self._on_language)
        self._inner.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeft)
        self._inner.addSpacing(10)
        self._inner.addWidget(voiced(tr("Text size"), "second"))
        self.text_sizes = Segments(tuple((str(size), f"{size} %") for size in TEXT_PERCENTS))
        self.text_sizes.set_on(str(theme.text_percent))
        self.text_sizes.chosen.connect(self._on_text_size)
        self._inner.addWidget(self.text_sizes, 0, Qt.AlignmentFlag.AlignLeft)
        self._inner.addSpacing(10)
        for label, text in self._facts():
            self._add(label).setText(text)
        self.officer = self._add(tr("Officer at the console"))
        self.key = self._add(tr("Fingerprint of the signing key: print it, give it out"))
        self._head = self._add(tr("Head of the log"), "hint")
        later = voiced(
            tr(
                "What else holds for the station stands in its file station.toml, which can be"
                " edited by hand and explains itself. Printers are those of this computer."
            ),
            "hint",
            wraps=True,
        )
        self._inner.addSpacing(6)
        self._inner.addWidget(later)
        self._inner.addStretch(1)
        column.addLayout(self._inner, 1)

    def add_box(self, box: QWidget) -> None:
        """Something more of the console, above what comes later."""
        self._inner.insertWidget(self._inner.count() - 3, box)

    def fill(self) -> None:
        """Read what it shows."""
        self._head.setText(self._desk.log_head())
        officer = self._desk.officer
        self.officer.setText(f"{officer.name} · {say(ROLE_NAMES[officer.role])}")
        self.key.setText(self._key())

    def _add(self, label: str, voice: str = "") -> QLabel:
        row = QHBoxLayout()
        row.setSpacing(12)
        name = voiced(label, "second", wraps=True)
        name.setFixedWidth(self._theme.px(_NAMES_PX))
        value = voiced("", voice, wraps=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)
        self._inner.addLayout(row)
        self._inner.addSpacing(2)
        return value

    def _key(self) -> str:
        if self._ask_key is None:
            return ""
        try:
            shown = self._ask_key()
        except KnownError as error:
            return say(error.what)
        if not shown.fingerprint:
            return tr("It is made when the log is sealed for the first time.")
        if shown.is_lost:
            return tr(
                "The key {fingerprint} is lost: its secret half is not among this user's"
                " passwords. The next seal will be by a new key; old seals can still be checked."
            ).format(fingerprint=shown.fingerprint)
        return shown.fingerprint

    def _facts(self) -> tuple[tuple[str, str], ...]:
        profile = self._profile
        thai = language() is Language.THAI
        return (
            (tr("Station"), profile.name_th if thai else profile.name_en),
            (tr("Zone"), profile.zone_name_th if thai else profile.zone_name_en),
            (tr("Coordinate system"), f"EPSG:{profile.epsg}"),
        )

    def _on_text_size(self, choice: str, on: bool) -> None:
        self.text_size_requested.emit(int(choice))

    def _on_language(self, choice: str, on: bool) -> None:
        self.language_requested.emit(choice)
