"""What a million incidents say: invented reports, the same for the same seed, made as fast as read.

Knows nothing of the product. A report is of about 200 Thai characters in the words such reports are
written in, with names, plates and telephone numbers that nearly all differ, and with the spellings
people really type: น้ํา, เเ, Thai digits, doubled marks, invisible spaces, a Lao name, an emoji.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

BLOCK = 1000  # incidents with dice of their own: any of them is made without those before it
BATCH = 250  # incidents that go into the log at once, and so at one time
_FIRST_MS = 946_684_800_000  # 1 January 2000: a million at this pace end in October 2026
_APART_MS = 845_000
_THAILAND = timezone(timedelta(hours=7))
_SCATTER = 0x9E3779B97F4B
_GATHER = pow(_SCATTER, -1, 2**48)


@dataclass(frozen=True, slots=True)
class Invented:
    """One incident as it will be reported and closed."""

    no: int
    incident_id: str
    channel: str
    category: str
    priority: int
    zone: bool
    community: int  # 0: in none
    beat: int
    tambon: int
    officer: int
    place: str
    narrative: str
    caller: str
    phone: str
    result: str

    @property
    def reported_at(self) -> datetime:
        """When it went into the log, with its whole batch."""
        return _batch_at(-(-self.no // BATCH))

    @property
    def number(self) -> tuple[int, int]:
        """Serial and Buddhist year."""
        year = self.reported_at.year
        begins = datetime(year, 1, 1, tzinfo=_THAILAND).timestamp() * 1000
        before = max(0, -int(-(begins - _FIRST_MS) // (BATCH * _APART_MS)) - 1)
        return self.no - before * BATCH, year + 543


def _words(spaced: str) -> list[str]:
    return spaced.split()


_ACTS = _words(
    "คนร้ายกระชากสร้อยคอทองคำ ลักรถจักรยานยนต์ที่จอดไว้ ทะเลาะวิวาทกันหน้าร้าน งัดประตูบ้านเข้าไป"
    " ขับรถชนท้ายกัน ทุบกระจกรถยนต์ ขโมยกระเป๋าสะพาย ทำร้ายร่างกายผู้เสียหาย เมาสุราอาละวาด"
    " ปล่อยสุนัขกัดเด็ก วางเพลิงกองขยะ บุกรุกที่ดิน เปิดเพลงเสียงดังรบกวน หลอกให้โอนเงิน"
    " พบบุคคลน่าสงสัยเดินวนเวียน พบงูเข้าบ้าน ต้นไม้ล้มขวางถนน สายไฟขาดลงมา เด็กหายออกจากบ้าน"
    " รถบรรทุกล้มขวางทาง เล่นการพนันชนไก่ มั่วสุมเสพยาเสพติด ยิงปืนขึ้นฟ้า ข่มขู่ด้วยอาวุธมีด"
    " น้ำท่วมขังหน้าบ้าน ชกต่อยกันในงานวัด ฉกโทรศัพท์มือถือ กรีดกระเป๋านักท่องเที่ยว"
)
_WHERE = _words(
    "หน้าตลาดอินโดจีน ริมโขง หลังศูนย์ราชการ ข้างวัดศรีมงคลใต้ หน้าโรงเรียนมุกดาวิทยานุกูล"
    " สี่แยกไฟแดง ถนนสำราญชายโขง ถนนพิทักษ์พนมเขต ซอยตาดแคน หน้าโรงพยาบาลมุกดาหาร ปั๊มน้ำมัน"
    " ท่าเรือข้ามฟาก หอแก้ว สะพานมิตรภาพ ตลาดราตรี ร้านสะดวกซื้อ สถานีขนส่ง ชุมชนศรีสุมังค์"
    " ชุมชนศรีมงคลยอดแก้ว บ้านนาโปใหญ่ ถนนวิวิธสุรการ ถนนชยางกูร สวนสาธารณะ ลานจอดรถ ใต้สะพาน"
)
_LOOKS = _words(
    "ชายรูปร่างสูงผอม ชายรูปร่างท้วม หญิงวัยกลางคน วัยรุ่นสองคน สวมเสื้อสีดำ สวมเสื้อสีแดง"
    " กางเกงยีนส์ สวมหมวกกันน็อก ผมสั้น ผมยาว มีรอยสักที่แขน พูดสำเนียงอีสาน อายุประมาณสามสิบปี"
    " ผิวคล้ำ ไว้หนวด สวมรองเท้าแตะ สะพายเป้สีน้ำเงิน ใส่แว่นดำ เดินกะเผลก ถือไม้หน้าสาม"
)
_THEN = _words(
    "แล้วหลบหนีไปทางทิศเหนือ แล้วขับรถจักรยานยนต์หลบหนี พลเมืองดีช่วยกันจับไว้ได้ ผู้เสียหายได้รับบาดเจ็บ"
    " เจ้าหน้าที่กู้ภัยนำส่งโรงพยาบาล ทรัพย์สินเสียหายประมาณ ยังไม่ทราบตัวผู้ก่อเหตุ มีกล้องวงจรปิดในที่เกิดเหตุ"
    " แจ้งสายตรวจเข้าตรวจสอบ เพื่อนบ้านเห็นเหตุการณ์ ขอให้เจ้าหน้าที่มาโดยด่วน เกิดเหตุเมื่อคืนที่ผ่านมา"
    " ผู้แจ้งไม่ประสงค์ออกนาม รอเจ้าหน้าที่อยู่ในที่เกิดเหตุ ไม่มีผู้ได้รับบาดเจ็บ คู่กรณีตกลงกันไม่ได้"
)
_RESULTS = _words(
    "ตรวจสอบแล้วไม่พบผู้ก่อเหตุ จับกุมผู้ต้องหาได้ ว่ากล่าวตักเตือน ส่งพนักงานสอบสวน คู่กรณีตกลงกันได้"
    " ลงบันทึกประจำวันไว้ นำส่งโรงพยาบาล คืนทรัพย์แก่ผู้เสียหาย ประสานเทศบาลแก้ไข"
)
_FIRST = _words(
    "สมชาย สมศรี ประเสริฐ วิไล บุญมี คำแปง สุภาพร อนันต์ พิชัย วีระ มาลี นงลักษณ์ กิตติ ธนพล สุรชัย"
    " เพ็ญศรี ณัฐพล ศิริพร จันทร์เพ็ญ ไพบูลย์ อรทัย เกรียงไกร ปราณี ฐิติมา ชูศักดิ์ ญาดา ฤทธิ์ อุบล"
)
_STEMS = _words(
    "วงศ์ ศรี แก้ว บุญ ทอง คำ สุข พรม ไชย จันทร์ สาย แสน เพชร ภู มา อินทร์ พล กาญจน์ ดวง ประ ปัญ โพธิ์"
    " ราช ลา สิงห์ หอม อุ่น เชื้อ นาม เสน ยอด ธรรม ขัน ใจ เมือง โคตร มุก รัตน์ เทพ สม"
)
_ENDS = _words(
    "คำ ดี มณี สุวรรณ เจริญ รักษ์ งาม ทรัพย์ ชัย พงษ์ วัฒน์ กุล ศักดิ์ มาศ วงษ์ เดช สิทธิ์ ภักดี ลาภ"
    " บุตร ผล แสง ดา โสม ทิพย์ ธานี อาจ หาญ ฤกษ์ ญาติ ประภา มูล พันธ์ จักร โชติ นนท์ สกุล โรจน์ สาร วิเศษ"
)
_PLATE = "กขคงจฉชฌญฎฐฒณตถทธนบปผพภมยรลวศษสหอฮ"
_PROVINCES = ("มุกดาหาร", "นครพนม", "ยโสธร", "อุบลราชธานี", "ขอนแก่น", "กรุงเทพมหานคร", "สกลนคร")
_LAO = ("ສະຫວັນນະເຂດ", "ວຽງຈັນ", "ທ້າວ ບຸນມີ", "ນາງ ຄໍາແພງ", "ແຂວງ", "ໄກສອນ ພົມວິຫານ")
_ENGLISH = ("Honda Wave", "TOYOTA Vigo", "iPhone", "Mr. Smith", "LINE OA", "Grab", "Café Mékong")
_SYMBOLS = ("🙂", "🚓", "❤️", "👮🏽‍♂️", "→", "“ด่วน”", "(ซ้ำ)", "…")
_CATEGORIES = _words(
    "20 20 22 22 12 12 42 42 43 51 51 52 52 53 53 90 90 99 11 13 21 23 24 25 26 27 28 31 32 33 41"
    " 54 61 62 63 14 15"
)
_CHANNELS = ("191", "191", "191", "phone", "phone", "line", "walk_in", "radio", "patrol", "camera")


def incidents(seed: int, first: int, last: int) -> Iterator[Invented]:
    """Numbers `first` to `last`, both included, counted from 1."""
    for block in range((first - 1) // BLOCK, (last - 1) // BLOCK + 1):
        dice = random.Random(f"{seed} {block}")
        for no in range(block * BLOCK + 1, block * BLOCK + BLOCK + 1):
            made = _incident(no, dice)
            if first <= no <= last:
                yield made


def id_of(no: int) -> str:
    """An id that tells its number to nobody but `no_of`: they come in no order."""
    return f"inc-{no * _SCATTER % 2**48:012x}"


def no_of(incident_id: str) -> int:
    """The number of an invented incident; of any other, one that no invented incident has."""
    return int(incident_id.removeprefix("inc-"), 16) * _GATHER % 2**48


def phone(dice: random.Random) -> str:
    """Ten digits, as people write them."""
    digits = f"0{dice.choice('689')}{dice.randrange(10**8):08d}"
    way = dice.random()
    if way < 0.5:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits if way < 0.9 else f"{digits[:3]} {digits[3:]}"


def plate(dice: random.Random) -> str:
    """Letters, number and province, with the spaces left out now and then."""
    series = f"{dice.randrange(1, 10)}" if dice.random() < 0.6 else ""
    letters = dice.choice(_PLATE) + dice.choice(_PLATE)
    gap = " " if dice.random() < 0.8 else ""
    return f"{series}{letters}{gap}{dice.randrange(1, 10_000)} {dice.choice(_PROVINCES)}"


def name(dice: random.Random) -> str:
    """Title, first name and one of some thousand surnames."""
    surname = dice.choice(_STEMS) + dice.choice(_ENDS)
    if dice.random() < 0.4:
        surname += dice.choice(_ENDS)
    return f"{dice.choice(('นาย', 'นาง', 'น.ส.'))}{dice.choice(_FIRST)} {surname}"


def misspelt(text: str, dice: random.Random) -> str:
    """As somebody else may have typed it: it looks the same."""
    way = dice.randrange(6)
    if way == 0:
        return text.replace("้ำ", "ํ้า").replace("ำ", "ํา")
    if way == 1:
        return text.replace("แ", "เเ")
    if way == 2:
        return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    if way == 3:
        return text.replace("่", "่่").replace("้", "้้")
    if way == 4:
        return text.replace(" ", "\u200b")
    return text.replace("ี่", "่ี")


def _batch_at(batch: int) -> datetime:
    return datetime.fromtimestamp((_FIRST_MS + batch * BATCH * _APART_MS) / 1000, _THAILAND)


def _incident(no: int, dice: random.Random) -> Invented:
    where = dice.choice(_WHERE)
    caller = name(dice)
    return Invented(
        no=no,
        incident_id=id_of(no),
        channel=dice.choice(_CHANNELS),
        category=dice.choice(_CATEGORIES),
        priority=dice.randrange(1, 4),
        zone=dice.random() < 0.6,
        community=dice.choice((0, 0, 0, 1, 1, 2, 3)),
        beat=dice.randrange(1, 7),
        tambon=dice.choice((1, 1, 1, 1, 2, 3, 4, 5)),
        officer=dice.randrange(1, 25),
        place=f"{where} {dice.randrange(1, 400)}/{dice.randrange(1, 60)}",
        narrative=_narrative(where, dice),
        caller=caller if dice.random() < 0.8 else "",
        phone=phone(dice) if dice.random() < 0.8 else "",
        result=f"{dice.choice(_RESULTS)} {dice.randrange(1, 31)} พ.ย. เวลา {_time(dice)}",
    )


def _narrative(where: str, dice: random.Random) -> str:
    parts = [f"ผู้แจ้งแจ้งว่า{dice.choice(_ACTS)}{where}", f"เวลา {_time(dice)}"]
    if dice.random() < 0.5:
        parts.append(f"ทะเบียน {plate(dice)}")
    if dice.random() < 0.35:
        parts.append(f"ชื่อ {name(dice)}")
    if dice.random() < 0.03:
        parts.append(dice.choice((*_LAO, *_ENGLISH, *_SYMBOLS)))
    length = sum(map(len, parts))
    while length < 185:
        part = dice.choice(dice.choice((_LOOKS, _THEN, _LOOKS, _THEN, _ACTS)))
        if dice.random() < 0.06:
            part += f" {dice.randrange(100, 90_000)} บาท"
        parts.append(part)
        length += len(part) + 1
    text = (" " if dice.random() < 0.7 else "").join(parts)
    return misspelt(text, dice) if dice.random() < 0.04 else text


def _time(dice: random.Random) -> str:
    return f"{dice.randrange(24):02d}.{dice.randrange(60):02d} น."
