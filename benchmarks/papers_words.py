"""Two hundred Thai words that papers get wrong: stacked marks, sara am, tails, rare letters.

Written out by hand; knows nothing of the program. What is looked for is every code point in its
order: a word whose tone mark went astray is a word that nobody finds again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_WRITTEN = """
    ๒๕๖๙ ๑๒๘๔ ๐๔๒ กตัญญู ญี่ปุ่น กฐิน กุฏิ น้ำ ผู้เสียหาย ผู้ต้องสงสัย ที่เกิดเหตุ เจ้าหน้าที่ ตำรวจภูธร
    สำนักงาน กำลัง ทำร้าย จำนวน
    คำให้การ อำเภอ ตำบล จังหวัด มุกดาหาร สำราญชายโขง ศรีมงคลยอดแก้ว ศรีสุมังค์ หลังศูนย์ราชการ
    กระเป๋าสตางค์ รถจักรยานยนต์ ป้ายทะเบียน หมวกนิรภัย สีน้ำเงิน สีดำ เสื้อยืด กางเกงยีนส์ รองเท้าแตะ
    ปืนลูกซอง มีดปลายแหลม ขู่เข็ญ วิ่งราวทรัพย์ ชิงทรัพย์ ปล้นทรัพย์ ลักทรัพย์ ยักยอก ฉ้อโกง บุกรุก
    พื้นที่ ปั๊มน้ำมัน กู้ภัย โรงพยาบาล แพทย์ บาดเจ็บ เสียชีวิต ศีรษะ ข้อมือ นิ้วก้อย ฟกช้ำ แผลฉีกขาด
    ญาติ ผู้ใหญ่บ้าน กำนัน เพื่อนบ้าน พี่ชาย น้องสาว ป้า ปู่ ย่า ฝ่าย ฟ้า ฟื้น ปิ่นโต ปีใหม่ ฝั่งโขง
    ฐานะ ฎีกา กฎหมาย ปรากฏ ชฎา เฒ่า วุฒิ พัฒนา อัฐิ อิฐ ฤดู ฤทธิ์ พฤกษา พฤติการณ์ ทฤษฎี ฦา
    สืบสวน สอบสวน หลักฐาน พยาน วัตถุพยาน ลายนิ้วมือ กล้องวงจรปิด ภาพนิ่ง บันทึก สั่งการ รับแจ้ง
    เก็บ เล็ก เห็น เป็น เย็น เสร็จ เหล็ก เจ็ด เพชร เสน่ห์ จันทร์ ศุกร์ เสาร์ อาทิตย์ พุธ พฤหัสบดี
    สิ้นสุด ซึ่ง หนึ่ง ครึ่ง ตึก ลึก ดึก หมึก ปรึกษา คืน ยืน มืด ชื่อ ซื่อสัตย์ มื้อ ซื้อ รื้อ ยื้อ ดื้อ
    ก๊าซ โต๊ะ เก้าอี้ จ๋า แจ๋ว ก๋วยเตี๋ยว เดี๋ยว เปี๊ยก กุ๊ย ตุ๊กตุ๊ก ปุ๋ย เจ๊ โป๊ะ แป๊บ อุ๊ย ตั๋ว ปั้น
    ไม้ ไฟไหม้ ใต้ ใกล้ ใหญ่ ให้ ไล่ ไหล่ ไปรษณีย์ แม่น้ำ แม้ แท้ แก้ แล้ว แห่ แผ่ โน้ม โต้ง โก้ โกร๋น
    เคลื่อนที่ เครื่องหมาย เงื่อนไข เมื่อ เสื่อ เพื่อ เชื่อ เนื้อ เกื้อกูล เอื้อม เปื้อน เลื้อย เรื้อรัง
    กรรม ธรรม สรรค์ วรรค บรรทัด พรรษา หงส์ องค์ สงฆ์ พงษ์ วงศ์คำ แก้วมณี คำภา โขงงาม แสนสุข
    สัมภาษณ์ สมบูรณ์ ไพบูลย์ อนุญาต อนุสาวรีย์ กษัตริย์ ศาสตร์ เกณฑ์ อุปกรณ์ ทรัพย์สิน ศิลป์
"""
WORDS: tuple[str, ...] = tuple(_WRITTEN.split())
WANTED = 200
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\ufeff]+")


def stress_words() -> tuple[str, ...]:
    """The words, each once."""
    return tuple(dict.fromkeys(WORDS))[:WANTED]


def body_of(words: Sequence[str], seed: int) -> str:
    """The words as body text: some with a space between, some run together as Thai is written."""
    lot = random.Random(seed)
    parts: list[str] = []
    for word in words:
        parts += (word, " " if lot.random() < 0.4 or word[0] in "๐๑๒๓๔๕๖๗๘๙" else "")
    return "".join(parts).strip()


def found_in(text: str, words: Sequence[str]) -> set[str]:
    """Which of the words stand in an extracted text, wherever its lines were broken."""
    whole = _UNSEEN.sub("", text)
    return {word for word in words if word in whole}
