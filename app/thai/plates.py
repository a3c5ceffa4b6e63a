"""Thai registration plates as people say and type them, read into one spelling. Refuses nothing.

`กข 1234 มุกดาหาร`, `1กข 1234`, `1กข 123` and `กขค 123` of motorcycles, `80-1234` of lorries and
buses. Whether the letters are those of a car or of a motorcycle cannot be told from them alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.thai.digits import to_arabic

ABBREVIATED = {
    "กท": "กรุงเทพมหานคร", "กบ": "กระบี่", "กจ": "กาญจนบุรี", "กส": "กาฬสินธุ์",
    "กพ": "กำแพงเพชร", "ขก": "ขอนแก่น", "จบ": "จันทบุรี", "ฉช": "ฉะเชิงเทรา", "ชบ": "ชลบุรี",
    "ชน": "ชัยนาท", "ชย": "ชัยภูมิ", "ชพ": "ชุมพร", "ชร": "เชียงราย", "ชม": "เชียงใหม่",
    "ตง": "ตรัง", "ตร": "ตราด", "ตก": "ตาก", "นย": "นครนายก", "นฐ": "นครปฐม", "นพ": "นครพนม",
    "นม": "นครราชสีมา", "นศ": "นครศรีธรรมราช", "นว": "นครสวรรค์", "นบ": "นนทบุรี",
    "นธ": "นราธิวาส", "นน": "น่าน", "บก": "บึงกาฬ", "บร": "บุรีรัมย์", "ปท": "ปทุมธานี",
    "ปข": "ประจวบคีรีขันธ์", "ปจ": "ปราจีนบุรี", "ปน": "ปัตตานี", "อย": "พระนครศรีอยุธยา",
    "พย": "พะเยา", "พง": "พังงา", "พท": "พัทลุง", "พจ": "พิจิตร", "พล": "พิษณุโลก",
    "พบ": "เพชรบุรี", "พช": "เพชรบูรณ์", "พร": "แพร่", "ภก": "ภูเก็ต", "มค": "มหาสารคาม",
    "มห": "มุกดาหาร", "มส": "แม่ฮ่องสอน", "ยส": "ยโสธร", "ยล": "ยะลา", "รอ": "ร้อยเอ็ด",
    "รน": "ระนอง", "รย": "ระยอง", "รบ": "ราชบุรี", "ลบ": "ลพบุรี", "ลป": "ลำปาง", "ลพ": "ลำพูน",
    "ลย": "เลย", "ศก": "ศรีสะเกษ", "สน": "สกลนคร", "สข": "สงขลา", "สต": "สตูล",
    "สป": "สมุทรปราการ", "สส": "สมุทรสงคราม", "สค": "สมุทรสาคร", "สก": "สระแก้ว", "สบ": "สระบุรี",
    "สห": "สิงห์บุรี", "สท": "สุโขทัย", "สพ": "สุพรรณบุรี", "สฎ": "สุราษฎร์ธานี",
    "สร": "สุรินทร์", "นค": "หนองคาย", "นภ": "หนองบัวลำภู", "อท": "อ่างทอง", "อจ": "อำนาจเจริญ",
    "อด": "อุดรธานี", "อต": "อุตรดิตถ์", "อน": "อุทัยธานี", "อบ": "อุบลราชธานี",
}  # fmt: skip
"""The official two letters of each province: `มห` or `มห.` behind a plate."""
PROVINCES = tuple(ABBREVIATED.values())
_ALSO_CALLED = {
    "กทม": "กรุงเทพมหานคร", "กรุงเทพ": "กรุงเทพมหานคร", "โคราช": "นครราชสีมา",
    "อยุธยา": "พระนครศรีอยุธยา", "เบตง": "เบตง", "อุบล": "อุบลราชธานี", "อุดร": "อุดรธานี",
    "นครศรี": "นครศรีธรรมราช",
}  # fmt: skip
_ALSO_WORDS = frozenset(
    ("ชน", "ตก", "พบ", "รอ", "จบ", "ลบ", "ชม", "ปน", "อบ", "ตรา", "พัง", "แม่", "กำแพง")
)
"""Short for a province and words of their own: `กข 1234 ชน เสาไฟ` says nothing of Chai Nat."""
_SHORT_NAME = 4  # characters of a province that begins other words: `เลยหนี`, `ตากแดด`

_LETTERS = "ก-ฮ"
_GAP = r"[\s\-–.]*"
_THAI = "\u0e01-\u0e4e"
_BEFORE = (
    rf"(?:(?<![0-9{_THAI}])(?:(?<=จยย\.)|(?<=ทบ\.)|(?<=[0-9]\sน\.)|(?<![{_THAI}]\.))"
    r"|(?<=ทะเบียน)(?!รถ)|(?<=ทะเบียนรถ))"
)
"""Where letters begin that may be a plate's: not in `พ.ศ. 2569`, but in `จยย.กขค 123` and, right
behind the word for a plate, in `ทะเบียนกข 1234`."""
_PLATE = re.compile(
    rf"(?:(?<![0-9])(?P<first>[0-9])|{_BEFORE})(?P<letters>[{_LETTERS}]{{1,3}}){_GAP}"
    rf"(?P<number>[0-9]{{1,4}})(?![0-9])(?![{_LETTERS}]{{1,3}}{_GAP}[0-9])"
    r"|(?<![0-9\-])(?P<lorry>[0-9]{2})\s*[\-–]\s*(?P<run>[0-9]{4})(?![0-9\-])"
)
_PROVINCE = re.compile(
    r"\s*,?\s*(?P<lead>จ\.|จังหวัด|ทะเบียน)?\s*"
    r"(?P<word>[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e4e.ฯ]*)"
)
_SAYS_NO_MORE = re.compile(r"[^\S\n]*(?:$|[^\w \t])")
_NOT_LETTERS = frozenset(
    ("จยย", "รย", "ถ", "ซ", "ต", "อ", "จ", "ม", "ช", "ญ", "น", "ซอย", "ถนน", "คน", "รถ", "กม", "ทล")
    + ("รอบ", "ขวด", "พบ", "ตรม", "ซม", "กก", "พศ", "ปี", "ตน", "ชม", "นบ", "สน", "สภ", "กทม")
)
"""What stands before numbers in addresses and descriptions and is no plate: `ซ. 4`, `จยย. 2`.

With a figure right before two of them they are a plate's: `1กก 55`."""
_FIGURE = re.compile(r"(?:^|(?<=[\s,;(])|(?<=ทะเบียน))[1-9] ")
_PLACE = re.compile(
    rf"(?:(?<![{_THAI}.])(?:ม|ซ|ถ|ต|อ|กม|สน|สภ)\.?"
    r"|(?:หมู่|ซอย|ถนน|ห้อง|ชั้น|ที่|ช่อง|ตอน|ประตู|แยก|ล็อก|โซน|อาคาร|ตึก|เลน|สาย)) ?$"
)
"""What stands before a figure that belongs to it and not to the plate behind: `ม. 3 กข 1234`."""
_LONGEST_PLACE = 8  # characters, its space too
_MEASURES = frozenset(("กก", "ซม", "ชม", "ตน", "นบ", "สน"))
"""Those of them that are a plate's too where a whole province is behind: `กก 1234 กรุงเทพมหานคร`.
Not those of roads and stations, which have a province behind them as well: `ทล 2042 มุกดาหาร`."""
_COUNTED = "คน"  # `3คน 2` counts people


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
    """Every plate in a text, left to right.

    `1 กข 1234` may be a count and a plate, or a plate alone: both are read, for one of them only
    would be another vehicle half of the time.
    """
    plain = to_arabic(text)
    found = []
    end = 0
    for match in _PLATE.finditer(plain):
        if match.start() < end:
            continue
        number = _number(match) or _number_in_a_province(plain, match, end)
        if number is None:
            continue
        figure_at = _figure_before(plain, match, end)
        province, end = _province(plain, match.end())
        if figure_at is not None:
            found.append(Plate(f"{plain[figure_at]}{number}", province, figure_at, end))
        found.append(Plate(number, province, match.start(), end))
    return tuple(found)


def plate_words(text: str) -> tuple[str, ...]:
    """The plates of a text in one spelling, each once."""
    return tuple(dict.fromkeys(plate.words for plate in read_plates(text)))


def _number(match: re.Match[str]) -> str | None:
    if match["lorry"]:
        return f"{match['lorry']}-{match['run']}"
    letters, first = match["letters"], match["first"] or ""
    if letters in _NOT_LETTERS and (not first or len(letters) != 2 or letters == _COUNTED):
        return None
    if len(letters) == 1 and (first or int(match["number"]) < 1000):
        return None  # `ก 4` is a house or a row; a red or an old plate has four figures
    return f"{first}{letters} {int(match['number'])}"


def _figure_before(plain: str, match: re.Match[str], begin: int) -> int | None:
    """Where a figure stands that may be the plate's own, a space before its letters."""
    at = match.start() - 2
    if match["lorry"] or match["first"] or len(match["letters"]) != 2 or at < begin:
        return None
    is_figure = _FIGURE.match(plain, at) is not None
    of_a_place = _PLACE.search(plain, max(0, at - _LONGEST_PLACE), at) is not None
    return at if is_figure and not of_a_place else None


def _number_in_a_province(plain: str, match: re.Match[str], begin: int) -> str | None:
    """Of letters that are a measure elsewhere: not in `3 กก 20`, nor in `กก. 2` of the police."""
    is_measured = plain[begin : match.start()].rstrip()[-1:].isdigit()
    is_dotted = plain.startswith(".", match.end("letters"))
    if match["letters"] not in _MEASURES or is_measured or is_dotted:
        return None
    province, end = _province(plain, match.end())
    if not province or not plain[:end].rstrip(".ฯ").endswith((province, *_ALSO_CALLED)):
        return None
    return f"{match['letters']} {int(match['number'])}"


def _province(plain: str, begin: int) -> tuple[str, int]:
    """The province that follows, and where it ends; nothing and `begin` when none does."""
    match = _PROVINCE.match(plain, begin)
    if match is None or (not match["lead"] and _begins_a_plate(plain, match.start("word"))):
        return "", begin
    word = match["word"]
    name = _province_named(word)
    if name and (match["lead"] or _is_meant(plain, word, match.end())):
        return name, match.end()
    for known in PROVINCES:  # the next word may follow without a space
        if word.startswith(known) and len(known) > _SHORT_NAME:
            return known, match.start("word") + len(known)
    return "", begin


def _begins_a_plate(plain: str, begin: int) -> bool:
    """Whether what may be a province is the letters of the next plate: `กข 1 สก 2`."""
    match = _PLATE.match(plain, begin)
    return match is not None and _number(match) is not None


def _is_meant(plain: str, word: str, end: int) -> bool:
    """Whether a word is a province where it stands: one with another meaning has a dot behind it,
    or nothing that goes on with it."""
    return word not in _ALSO_WORDS or _SAYS_NO_MORE.match(plain, end) is not None


def _province_named(word: str) -> str:
    short = word.rstrip(".ฯ")
    if short in PROVINCES:
        return short
    if len(short) <= 2:
        return ABBREVIATED.get(short, "")
    if short in _ALSO_CALLED:
        return _ALSO_CALLED[short]
    fitting = [name for name in PROVINCES if name.startswith(short)]
    return fitting[0] if len(fitting) == 1 else ""
