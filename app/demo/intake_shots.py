"""Pictures of the intake with everything unfolded, and of what is done with an incident after."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.demo.play import Play, Steps, Until

_PLACE = "ตลาดอินโดจีน ประตู 3"
_TOLD = "ผู้แจ้งเห็นชายสวมหมวกกันน็อกกระชากกระเป๋าหญิงหน้าประตู 3 แล้วขี่ จยย. สีแดงไปทางทิศใต้ (ตัวอย่าง)"


class IntakeShots:
    """Part of `shots`: the window is in the Live place, nothing is being typed."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play, self._pictures = play, pictures

    def take(self, name: str) -> Steps:
        """Every state once."""
        yield from self._intake(name)
        yield from self._one_line(name)
        yield from self._tending(name)

    def _intake(self, name: str) -> Steps:
        play, intake = self._play, self._play.window.live.intake
        play.press(Qt.Key.Key_F2)
        yield Until(intake.isVisible, "F2 did not open the intake")
        play.type("23")
        play.press(Qt.Key.Key_Return)
        play.type(_PLACE)
        yield play.wait(0.2)
        play.press(Qt.Key.Key_Return)
        play.type("นางสาว ก.")
        play.press(Qt.Key.Key_Return)
        play.type("081-234-4127")
        play.press(Qt.Key.Key_Return)
        play.type(_TOLD)
        yield play.wait(1.4)  # until the draft is kept
        self._picture(f"intake_same_{name}")
        play.press(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
        more = intake.fields.more
        for field, text in (
            (more.happened, "10:20-10:45"),
            (more.address, "หน้าร้านเลขที่ 12 ถ.สำราญชายโขง"),
            (more.vehicles, "จยย. แดง 1กข 123 มุกดาหาร"),
            (more.daily_log, "ข้อ 12"),
        ):
            field.setText(text)
        more.victims.setPlainText("หญิง อายุ 30 ไม่บาดเจ็บ")
        more.suspects.setPlainText("ชาย 20–25 ปี เสื้อดำ")
        yield play.wait(0.3)
        self._picture(f"intake_more_{name}")
        play.press(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
        for _ in range(2):
            play.press(Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
        play.window.live.close_intake()
        yield play.wait(0.2)

    def _one_line(self, name: str) -> Steps:
        play, window = self._play, self._play.window
        window.open_palette()
        play.type("/แจ้ง ลักทรัพย์ ตลาดอินโดจีน กระเป๋าสตางค์หายที่ร้านอาหาร")
        yield play.wait(0.3)
        self._picture(f"palette_report_{name}")
        window.palette_card.close_quietly()

    def _tending(self, name: str) -> Steps:
        play, live = self._play, self._play.window.live
        live.step_selection(0)
        yield Until(lambda: live.selected is not None, "no incident was chosen")
        live.tending.toggle_report()
        yield play.wait(0.2)
        self._picture(f"report_{name}")
        for form in ("correct", "next_step", "join"):
            live.tending.ask(form)
            yield play.wait(0.2)
            self._picture(f"tend_{form}_{name}")
        live.steps.ask_for_result()
        yield play.wait(0.2)
        self._picture(f"close_{name}")
        live.detail.show_story()
        live.table.setFocus()

    def _picture(self, name: str) -> None:
        self._play.picture(self._pictures / f"{name}.png")
