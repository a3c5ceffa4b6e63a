"""Thai registration plates as people say and type them, read into one spelling. Refuses nothing.

`กข 1234 มุกดาหาร`, `1กข 1234`, `1กข 123` and `กขค 123` of motorcycles, `80-1234` of lorries and
buses. Whether the letters are those of a car or of a motorcycle cannot be told from them alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.thai.digits import to_arabic

PROVINCES = (
    "กรุงเทพมหานคร", "กระบี่", "กาญจนบุรี", "กาฬสินธุ์", "กำแพงเพชร", "ขอนแก่น", "จันทบุรี",
    "ฉะเชิงเทรา", "ชลบุรี", "ชัยนาท", "ชัยภูมิ", "ชุมพร", "เชียงราย", "เชียงใหม่", "ตรัง", "ตราด",
    "ตาก", "นครนายก", "นครปฐม", "นครพนม", "นครราชสีมา", "นครศรีธรรมราช", "นครสวรรค์", "นนทบุรี",
    "นราธิวาส", "น่าน", "บึงกาฬ", "บุรีรัมย์", "ปทุมธานี", "ประจวบคีรีขันธ์", "ปราจีนบุรี",
    "ปัตตานี", "พระนครศรีอยุธยา", "พะเยา", "พังงา", "พัทลุง", "พิจิตร", "พิษณุโลก", "เพชรบุรี",
    "เพชรบูรณ์", "แพร่", "ภูเก็ต", "มหาสารคาม", "มุกดาหาร", "แม่ฮ่องสอน", "ยโสธร", "ยะลา",
    "ร้อยเอ็ด", "ระนอง", "ระยอง", "ราชบุรี", "ลพบุรี", "ลำปาง", "ลำพูน", "เลย", "ศรีสะเกษ",
    "สกลนคร", "สงขลา", "สตูล", "สมุทรปราการ", "สมุทรสงคราม", "สมุทรสาคร", "สระแก้ว", "สระบุรี",
    "สิงห์บุรี", "สุโขทัย", "สุพรรณบุรี", "สุราษฎร์ธานี", "สุรินทร์", "หนองคาย", "หนองบัวลำภู",
    "อ่างทอง", "อำนาจเจริญ", "อุดรธานี", "อุตรดิตถ์", "อุทัยธานี", "อุบลราชธานี",
)  # fmt: skip
_ALSO_CALLED = {
    "กทม": "กรุงเทพมหานคร", "กทม.": "กรุงเทพมหานคร", "กรุงเทพ": "กรุงเทพมหานคร",
    "กรุงเทพฯ": "กรุงเทพมหานคร", "โคราช": "นครราชสีมา", "อยุธยา": "พระนครศรีอยุธยา",
    "เบตง": "เบตง", "อุบล": "อุบลราชธานี", "อุดร": "อุดรธานี", "นครศรีฯ": "นครศรีธรรมราช",
}  # fmt: skip
_SHORTEST_BEGINNING = 2  # letters of a province that may stand for it, when they fit one only

_LETTERS = "ก-ฮ"
_GAP = r"[\s\-–.]*"
_THAI = "\u0e01-\u0e4e"
_PLATE = re.compile(
    rf"(?:(?<![0-9])(?P<first>[0-9])|(?<![0-9{_THAI}]))(?P<letters>[{_LETTERS}]{{1,3}}){_GAP}"
    rf"(?P<number>[0-9]{{1,4}})(?![0-9])(?![{_LETTERS}]{{1,3}}{_GAP}[0-9])"
    r"|(?<![0-9\-])(?P<lorry>[0-9]{2})\s*[\-–]\s*(?P<run>[0-9]{4})(?![0-9\-])"
)
_PROVINCE = re.compile(
    r"\s*,?\s*(?:จ\.|จังหวัด|ทะเบียน)?\s*([\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e.ฯ]*)"
)
_NOT_LETTERS = frozenset(
    ("จยย", "รย", "ถ", "ซ", "ต", "อ", "จ", "ม", "ช", "ญ", "น", "ซอย", "ถนน", "คน", "รถ", "กม", "ทล")
    + ("รอบ", "ขวด", "พบ", "ตรม", "ซม", "กก", "พศ", "ปี", "ตน", "ชม", "นบ", "สน", "สภ")
)
"""What stands before numbers in addresses and descriptions and is no plate: `ซ. 4`, `จยย. 2`."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate that was read. `province` is empty when none was said; `start`, `end` in the text."""

    number: str
    province: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """`กข 1234 มุกดาหาร`: how it is kept and shown."""
        return f"{self.number} {self.province}" if self.province else self.number


def read_plates(text: str) -> tuple[Plate, ...]:
    """Every plate in a text, left to right."""
    plain = to_arabic(text)
    found = []
    for match in _PLATE.finditer(plain):
        number = _number(match)
        if number is None:
            continue
        province, end = _province(plain, match.end())
        found.append(Plate(number, province, match.start(), end))
    return tuple(found)


def plate_words(text: str) -> tuple[str, ...]:
    """The plates of a text in one spelling, each once."""
    return tuple(dict.fromkeys(plate.words for plate in read_plates(text)))


def _number(match: re.Match[str]) -> str | None:
    if match["lorry"]:
        return f"{match['lorry']}-{match['run']}"
    letters, first = match["letters"], match["first"] or ""
    if letters in _NOT_LETTERS or (len(letters) == 1 and first):
        return None
    if len(letters) == 1 and int(match["number"]) < 1000:
        return None  # `ก 4` is a house or a row; a red or an old plate has four figures
    return f"{first}{letters} {int(match['number'])}"


def _province(plain: str, begin: int) -> tuple[str, int]:
    """The province that follows, and where it ends; nothing and `begin` when none does."""
    match = _PROVINCE.match(plain, begin)
    if match is None:
        return "", begin
    word = match[1]
    name = _province_named(word)
    if name:
        return name, match.end()
    for known in PROVINCES:  # the next word may follow without a space
        if word.startswith(known):
            return known, match.start(1) + len(known)
    return "", begin


def _province_named(word: str) -> str:
    if word in PROVINCES:
        return word
    if word in _ALSO_CALLED:
        return _ALSO_CALLED[word]
    beginning = word.rstrip(".ฯ")
    fitting = [name for name in PROVINCES if name.startswith(beginning)]
    is_short = len(beginning) < _SHORTEST_BEGINNING
    return fitting[0] if len(fitting) == 1 and not is_short else ""
