"""The handover's screen: figures, the page, both signatures. Composes and wires; decides nothing.

Three things it may show: the page that writes itself, one that waits for whoever accepts it, and
one of the past.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import from_stored
from app.duty.handover import Handover, HandoverState
from app.duty.handover_page import HandoverPage, PageRow, PageSection, needs_word, section_from
from app.errors import KnownError
from app.thai.dates import clock_time, date_time
from app.thai.translation import explain, language, tr
from app.ui.handover.figures_strip import FiguresStrip
from app.ui.handover.handover_bar import HandoverBar
from app.ui.handover.handover_desk import HandoverDesk
from app.ui.handover.page_lines import signed_words
from app.ui.handover.page_list import PageList
from app.ui.handover.page_words import since_section
from app.ui.handover.past_list import PastList, name_of
from app.ui.handover.signing_pane import SigningPane
from app.ui.theme import Theme

_LOOK_EVERY_MS = 10_000
_WIDE_PX, _NARROW_PX, _NARROW_BELOW_PX = 460, 340, 1500
_BACK, _BEGIN = "back", "begin"


class HandoverPlace(QWidget):
    """One page at a time."""

    told = Signal(str)
    incident_opened = Signal(str)
    print_requested = Signal()

    def __init__(self, theme: Theme, handover: HandoverDesk) -> None:
        super().__init__()
        self._theme = theme
        self._handover = handover
        self._past_id = ""
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        theme = self._theme
        self.past = PastList(theme)
        self.bar = HandoverBar(theme)
        self.figures = FiguresStrip(theme)
        self.list = PageList(theme)
        self.signing = SigningPane(theme)
        self.bar.tell(tr("The page is being written from the log…"))
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.bar)
        middle.addWidget(self.figures)
        middle.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.past)
        row.addLayout(middle, 1)
        row.addWidget(self.signing)
        self.setFocusProxy(self.list)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)

    def _connect(self) -> None:
        handover, signing = self._handover, self.signing
        handover.changed.connect(self.show_now)
        handover.refused.connect(self._on_refused)
        handover.told.connect(self._on_told)
        self._timer.timeout.connect(handover.look)
        self.list.acknowledged.connect(self._on_acknowledged)
        self.list.taken_back.connect(handover.take_back)
        self.list.opened.connect(self._on_opened)
        self.bar.past_requested.connect(self.toggle_past)
        self.past.chosen.connect(self._on_past_chosen)
        signing.notes_typed.connect(handover.set_notes)
        signing.incoming.chosen.connect(handover.choose_incoming)
        signing.sign_requested.connect(self.sign)
        signing.return_requested.connect(self.ask_to_give_back)
        signing.begin_requested.connect(self.ask_to_begin)
        signing.asking.given.connect(self._on_reason)
        signing.print_requested.connect(self.print_requested)

    # Showing

    @property
    def is_reading_past(self) -> bool:
        """Whether a handover of the past is shown."""
        return bool(self._past_id)

    @property
    def printable_id(self) -> str:
        """The signed handover that is shown; empty while its page still writes itself, or where it
        was erased."""
        standing = self._handover.standing
        if standing is None:
            return ""
        past = next((one for one in standing.past if one.id == self._past_id), None)
        shown = past or standing.waiting
        return shown.id if shown is not None and shown.page_text else ""

    @property
    def is_past_open(self) -> bool:
        """Whether the list of past handovers stands beside the page."""
        return not self.past.isHidden()

    def show_now(self) -> None:
        """What there is, after anything changed."""
        standing = self._handover.standing
        if standing is None:
            return
        past = next((one for one in standing.past if one.id == self._past_id), None)
        self._past_id = past.id if past is not None else ""
        self.past.show_past(standing.past, standing.names, self._past_id)
        self.signing.show_print(can_print=bool(self.printable_id))
        if past is not None:
            self._show_past(past)
        elif standing.waiting is not None:
            self._show_waiting(standing.waiting)
        else:
            self._show_writing()

    def _show_page(self, page: HandoverPage | None, *, can_type: bool) -> None:
        """What all three have in common. None: it was erased by order."""
        ending = page.ending if page is not None else None
        beginning = page.beginning if page is not None else None
        self.bar.show_shifts(ending, beginning, past=self.is_past_open)
        self.bar.show_past(self.is_past_open)
        self.figures.setVisible(page is not None)
        if page is None:
            self.signing.show_notes("", can_type=False)
            self.signing.show_roster(tr("Strength of the next shift"), ())
            self.signing.show_head("", "")
            return
        self.figures.show_figures(page.figures)
        self.signing.show_notes(page.notes, can_type=can_type)
        title = tr("Strength: {shift}", shift=f"{page.beginning.name} {page.beginning.hours}")
        self.signing.show_roster(title, page.roster)
        self.signing.show_head(clock_time(from_stored(page.made_at)), page.head)

    def _show_writing(self) -> None:
        """The page that writes itself, before anybody signs."""
        handover, signing = self._handover, self.signing
        page, standing = handover.page, handover.standing
        assert page is not None and standing is not None  # only called when it was read
        self._show_page(page, can_type=True)
        self.list.show_sections(page.sections, None)
        self.bar.tell(
            tr("Written from the log by itself · as of {at}", at=clock_time(standing.read_at))
        )
        signing.outgoing.ask(handover.desk.officer)
        signing.incoming.show_nobody(tr("signs after that"))
        signing.show_tally(0, 0)
        why = _refusal(handover)
        can = not why and not handover.is_busy
        signing.show_signing(tr("Sign and hand over"), can_sign=can, why_not=why)
        signing.give_back.hide()
        turn = standing.turn
        unbegun = turn is None or turn.started_at is None
        signing.begin.setVisible(unbegun or standing.read_at >= standing.ending.ends_at)

    def _show_waiting(self, waiting: Handover) -> None:
        """A signed page, each item to be acknowledged."""
        handover, signing = self._handover, self.signing
        page, standing = waiting.page, handover.standing
        assert standing is not None
        self._show_page(page, can_type=False)
        self.list.show_sections(_with_since(page, standing.since), handover.draft.acknowledged)
        self.bar.tell(
            tr("Written {at}, waits for whoever accepts it",
               at=date_time(waiting.written_at, language()))
        )  # fmt: skip
        self._show_signed(waiting)
        signing.incoming.ask_one_of(handover.incoming_choices(), handover.draft.incoming)
        count = sum(needs_word(row) for row in handover.rows)
        missing = len(handover.missing)
        signing.show_tally(count - missing, count)
        why = tr("Every item has to be acknowledged first (Space).") if missing else ""
        can = not missing and not handover.is_busy and bool(handover.draft.incoming)
        signing.show_signing(tr("Accept the shift"), can_sign=can, why_not=why)
        signing.give_back.show()
        signing.begin.hide()

    def _show_past(self, past: Handover) -> None:
        """As it was signed; nothing can be done with it."""
        signing, page = self.signing, past.page
        self._show_page(page, can_type=False)
        since = section_from(past.since).rows if past.since else ()
        sections = _with_since(page, since)
        rows = [row for section in sections for row in section.rows]
        words = signed_words(((one.item, one.at) for one in past.acknowledged), rows)
        self.list.show_sections(sections, words)
        erased = tr("Erased by order; the entry remains.")
        self.bar.tell(erased if page is None else tr("As it was signed"))
        self._show_signed(past)
        self._show_closed(past)
        signing.show_tally(0, 0)
        signing.show_signing("", can_sign=False, why_not="")
        signing.give_back.hide()
        signing.begin.hide()
        signing.asking.hide()

    def _show_signed(self, one: Handover) -> None:
        standing = self._handover.standing
        names = standing.names if standing is not None else {}
        who = names.get(one.outgoing)
        self.signing.outgoing.show_signed(
            name_of(one.outgoing, names),
            who.position if who is not None else "",
            clock_time(one.written_at),
            one.written_entry,
        )

    def _show_closed(self, past: Handover) -> None:
        standing = self._handover.standing
        names = standing.names if standing is not None else {}
        box, who = self.signing.incoming, names.get(past.incoming)
        if past.state is HandoverState.RETURNED:
            box.show_nobody(tr("Given back: {reason}", reason=past.reason))
            return
        at = clock_time(past.closed_at) if past.closed_at is not None else ""
        position = who.position if who is not None else ""
        box.show_signed(name_of(past.incoming, names), position, at, past.closed_entry)

    # What the officer asks for

    def sign(self) -> None:
        """The one button: to hand over, or to accept."""
        handover, signing = self._handover, self.signing
        if self.is_reading_past or handover.standing is None or handover.is_busy:
            return
        box = signing.outgoing if handover.waiting is None else signing.incoming
        if handover.waiting is not None and handover.missing:
            self.list.setFocus()
            self.list.go_to_next()
            return
        if not box.password.text():
            box.password.setFocus()
            signing.complain(tr("Type the password of who signs."))
            return
        signing.complain("")
        password = box.take_password()
        if handover.waiting is None:
            handover.write(password)
        else:
            handover.accept(handover.draft.incoming, password)

    def write_note(self) -> None:
        """The keyboard to the notes."""
        self._leave_past()
        self.signing.notes.setFocus()

    def toggle_past(self) -> None:
        """Show the handovers of the past, or what is now."""
        if self.is_past_open:
            self.past.hide()
            self._leave_past()
            self.list.setFocus()
        else:
            self.past.show()
            self.show_now()
            self.past.list.setFocus()

    def back(self) -> bool:
        """From a past handover to what is now; False when that is shown already."""
        if self.signing.asking.isVisible():
            self.signing.asking.hide()
            return True
        if not self.is_past_open and not self.is_reading_past:
            return False
        self.past.hide()
        self._leave_past()
        self.list.setFocus()
        return True

    def ask_to_give_back(self) -> None:
        """Why the page is not accepted."""
        question = tr("What is missing or wrong? It stands in the log.")
        self.signing.asking.ask(_BACK, question, tr("Give it back"))

    def ask_to_begin(self) -> None:
        """Why nobody handed the shift over."""
        question = tr("Why did nobody hand it over? It stands in the log.")
        self.signing.asking.ask(_BEGIN, question, tr("Begin the shift"))

    # Slots

    def _on_acknowledged(self, row: PageRow) -> None:
        self._handover.acknowledge(row)

    def _on_opened(self, row: PageRow) -> None:
        if row.incident_id:
            self.incident_opened.emit(row.incident_id)
        else:
            self.told.emit(tr("This item belongs to no incident"))

    def _on_past_chosen(self, handover_id: str) -> None:
        self._past_id = handover_id
        self.signing.complain("")
        self.show_now()

    def _leave_past(self) -> None:
        self._past_id = ""
        self.show_now()

    def _on_reason(self, what: str, reason: str) -> None:
        if what == _BACK:
            self._handover.give_back(reason)
        else:
            self._handover.begin(reason)

    def _on_told(self, words: str) -> None:
        self.signing.complain("")
        self.signing.asking.hide()
        if self.isVisible():
            self.list.setFocus()
        self.told.emit(words)

    def _on_refused(self, error: KnownError) -> None:
        if self._handover.standing is None:
            self.bar.tell("")  # it could not even be read: the pane says why
        if self.signing.asking.isVisible():
            self.signing.asking.complain(explain(error))
        else:
            self.signing.complain(explain(error))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self._handover.is_watched = True
        self._handover.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._handover.is_watched = False
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_NARROW_BELOW_PX)
        self.signing.setFixedWidth(self._theme.px(_NARROW_PX if narrow else _WIDE_PX))


def _with_since(page: HandoverPage | None, since: tuple[PageRow, ...]) -> tuple[PageSection, ...]:
    """What came in since then stands first: it is what nobody has read yet."""
    sections = page.sections if page is not None else ()
    return (since_section(since), *sections) if since else sections


def _refusal(handover: HandoverDesk) -> str:
    """Why the officer at the desk may not hand over; empty if that is no question."""
    try:
        handover.desk.require_right("handover_written")
    except KnownError as error:
        return explain(error)
    return ""
