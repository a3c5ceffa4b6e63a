"""Pictures of the handover: as it writes itself, signed and half read, and of the past."""

from __future__ import annotations

from pathlib import Path

from app.demo.people import SAMPLE_PASSWORD
from app.demo.play import Play, Steps, Until
from app.ui.handover.handover_desk import HandoverDesk
from app.ui.handover.handover_place import HandoverPlace

_NOTES = (
    "19:00 ขบวนแห่จากวัดศรีมงคลใต้ถึงริมโขง ปิด ถ.สำราญชายโขง ช่วงตลาด ขอจราจร 02 ประจำจุด\n"
    "ผู้เสียหายเหตุวิ่งราวจะมาให้ปากคำ 17:30 ห้อง 2 (ตัวอย่าง)"
)


class HandoverShots:
    """Signs with the sample's password, reads some items, and gives it back: nothing is left."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    @property
    def _desk(self) -> HandoverDesk:
        return self._play.window.duty.duty.handover

    @property
    def _place(self) -> HandoverPlace:
        return self._play.window.duty.place

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        play = self._play
        play.window.show_place("handover")
        yield Until(lambda: self._desk.standing is not None, "the handover was not read")
        self._place.signing.notes.setPlainText(_NOTES)
        yield play.wait(0.6)
        self._picture("writing", name)
        yield from self._signed(name)
        self._place.toggle_past()
        self._place.past.list.setCurrentRow(self._place.past.list.count() - 1)
        yield play.wait(0.4)
        self._picture("past", name)
        self._place.back()

    def _signed(self, name: str) -> Steps:
        place, desk = self._place, self._desk
        place.signing.outgoing.password.setText(SAMPLE_PASSWORD)
        place.sign()
        yield Until(lambda: desk.waiting is not None, "the handover was not signed")
        yield self._play.wait(0.6)
        place.list.setFocus()
        place.list.go_to_next()
        for _ in range(len(desk.missing) * 2 // 3):
            place.list.acknowledge_current()
        place.signing.incoming.password.setText("******")
        yield self._play.wait(0.3)
        self._picture("signing", name)
        desk.give_back("ถ่ายภาพตัวอย่าง")
        yield Until(lambda: desk.waiting is None and not desk.is_busy, "it was not given back")
        place.signing.notes.setPlainText("")
        yield self._play.wait(0.4)

    def _picture(self, what: str, name: str) -> None:
        self._play.picture(self._pictures / f"handover_{what}_{name}.png")
