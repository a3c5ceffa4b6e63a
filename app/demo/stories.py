"""What the invented citizens report: stories by category, with how often and at what hours.

All of it is invented. Frequencies only make the days look like days; they are no statistics.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.incidents.categories import Channel

NIGHT = (20, 3)
DAY = (8, 18)
ANY = (0, 24)


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of report: its category code, its texts, its weight and the hours it happens at."""

    category: str
    texts: tuple[str, ...]
    weight: int
    hours: tuple[int, int]
    channels: tuple[Channel, ...] = (Channel.CALL_191, Channel.PHONE, Channel.WALK_IN)
    results: tuple[str, ...] = ("ตรวจสอบแล้ว เหตุการณ์สงบ",)


STORIES = (
    Story("20", ("ผู้แจ้งวางโทรศัพท์ไว้บนโต๊ะร้านอาหาร กลับมาไม่พบ",
                 "กระเป๋าเงินหายระหว่างเลือกซื้อของในตลาด",
                 "เงินในลิ้นชักร้านหายช่วงพักเที่ยง"), 12, DAY,
          results=("รับคำร้องทุกข์แล้ว ส่งสืบสวน", "พบทรัพย์ คืนเจ้าของแล้ว")),
    Story("21", ("กระจกรถด้านซ้ายแตก กระเป๋าสะพายสีน้ำตาลหาย",), 4, ANY,
          results=("เก็บวัตถุพยานแล้ว ส่งพนักงานสอบสวน",)),
    Story("22", ("จอดรถจักรยานยนต์ไว้หน้าร้าน ไม่ได้ล็อกคอ กลับมาไม่พบ",), 5, NIGHT,
          results=("แจ้งสกัดทุกจุดแล้ว ยังไม่พบ", "พบรถจอดทิ้ง คืนเจ้าของแล้ว")),
    Story("23", ("คนร้ายชาย เสื้อดำ จยย. สีแดง กระชากกระเป๋าแล้วหลบหนีทางทิศใต้",), 3, NIGHT,
          (Channel.CALL_191,), ("จับกุมผู้ต้องสงสัยได้ ส่งพนักงานสอบสวน", "อยู่ระหว่างติดตามตัว")),
    Story("12", ("กลุ่มวัยรุ่นทะเลาะวิวาท 5–6 คน มีการขว้างขวด",
                 "ชายสองคนทะเลาะกันเรื่องที่จอดรถ"), 7, NIGHT, (Channel.CALL_191, Channel.LINE),
          ("ระงับเหตุแล้ว ว่ากล่าวตักเตือน", "แยกย้าย ไม่ติดใจเอาความ")),
    Story("11", ("ชายถูกทำร้ายมีแผลที่ศีรษะ รู้สึกตัวดี",), 3, NIGHT, (Channel.CALL_191,),
          ("นำส่งโรงพยาบาล รับคำร้องทุกข์แล้ว",)),
    Story("41", ("จยย. ชนรถยนต์ มีผู้บาดเจ็บ 1 ราย ขวางช่องทางซ้าย",
                 "รถจักรยานยนต์ล้มเอง ผู้ขับขี่เจ็บขา"), 8, ANY, (Channel.CALL_191, Channel.RADIO),
          ("กู้ภัยนำส่งโรงพยาบาล เปิดการจราจรแล้ว",)),
    Story("42", ("รถยนต์เฉี่ยวชนกัน 2 คัน ไม่มีผู้บาดเจ็บ",), 7, DAY,
          results=("ตกลงกันได้ ลงบันทึกประจำวัน",)),
    Story("43", ("รถบรรทุกจอดขวางทางเข้าซอย",), 6, DAY, (Channel.LINE, Channel.PHONE),
          ("ประสานเจ้าของเลื่อนรถแล้ว",)),
    Story("51", ("ชายสวมหมวกกันน็อกเดินส่องบ้านในซอย",
                 "คนแปลกหน้านั่งหน้าบ้านเป็นเวลานาน"), 8, NIGHT, (Channel.LINE, Channel.CALL_191),
          ("ตรวจสอบแล้วเป็นผู้มาหาญาติ", "ตรวจสอบแล้วไม่พบตัว ประสานสายตรวจเพิ่มรอบ")),
    Story("52", ("เปิดเครื่องเสียงดังหลังเที่ยงคืน",), 9, NIGHT, (Channel.LINE, Channel.PHONE),
          ("ขอความร่วมมือแล้ว เจ้าของบ้านลดเสียง",)),
    Story("53", ("ชายเมาสุราอาละวาดหน้าร้านสะดวกซื้อ",), 5, NIGHT, (Channel.CALL_191,),
          ("นำส่งบ้าน ญาติรับตัวแล้ว",)),
    Story("54", ("ผู้สูงอายุหลงทาง จำบ้านไม่ได้",), 2, DAY, results=("พบญาติแล้ว นำส่งบ้าน",)),
    Story("28", ("ลืมกระเป๋าเดินทางไว้ที่ท่าเรือ",), 4, DAY, results=("พบแล้ว คืนเจ้าของ",)),
    Story("62", ("งูเข้าบ้าน ขอเจ้าหน้าที่จับ",), 5, ANY, (Channel.PHONE,),
          ("กู้ภัยจับได้ ปล่อยคืนธรรมชาติ",)),
    Story("63", ("ไฟถนนดับหลายดวง ทางมืด",), 3, NIGHT, (Channel.LINE,),
          ("แจ้งเทศบาลแล้ว ซ่อมแล้วเสร็จ",)),
    Story("90", ("นักท่องเที่ยวขอความช่วยเหลือเรื่องเส้นทางข้ามแดน",), 4, DAY, (Channel.WALK_IN,),
          ("ให้คำแนะนำแล้ว",)),
)  # fmt: skip
