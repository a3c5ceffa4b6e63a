"""The sample town's names: landmarks, junctions, roads and communities. Knows no log."""

from __future__ import annotations

from app.demo.town.plan import place
from app.geo.places import Place, PlaceKind

_L, _R, _J = PlaceKind.LANDMARK, PlaceKind.ROAD, PlaceKind.JUNCTION
_C, _P = PlaceKind.COMMUNITY, PlaceKind.CHECK_POINT

# kind, Thai name, English name, what else it is called, plan metres
_PLACES: tuple[tuple[PlaceKind, str, str, tuple[str, ...], float, float], ...] = (
    (_L, "ตลาดอินโดจีน", "Indochina Market", ("ตลาดริมโขง",), -38, 60),
    (_L, "ตลาดอินโดจีน ประตู 1", "Indochina Market, gate 1", ("ประตูเหนือ",), 0, 126),
    (_L, "ตลาดอินโดจีน ประตู 2", "Indochina Market, gate 2", (), 0, 71),
    (_L, "ตลาดอินโดจีน ประตู 3", "Indochina Market, gate 3", ("ประตูริมโขง",), 0, 0),
    (_L, "ตลาดอินโดจีน ประตู 4", "Indochina Market, gate 4", ("ประตูใต้",), 0, -95),
    (_L, "ลานจอดรถตลาดอินโดจีน", "Market car park", ("ลานจอดรถตลาด",), -73, -8),
    (_L, "ท่าเรือข้ามฟาก", "Ferry pier", ("ด่านท่าเรือ",), 30, -186),
    (_L, "จุดชมวิวริมโขง", "Riverside viewpoint", ("ลานริมโขง",), 25, 92),
    (_L, "วัดศรีมงคลใต้", "Wat Si Mongkhon Tai", ("วัดใต้",), -128, 50),
    (_L, "วัดศรีสุมังค์", "Wat Si Sumang", (), -262, -526),
    (_L, "วัดยอดแก้ว", "Wat Yot Kaeo", (), -136, 625),
    (_L, "โรงเรียน", "School", ("หน้าโรงเรียน",), -252, 26),
    (_L, "สวนสาธารณะ", "Public park", ("สวนหย่อม",), -371, -95),
    (_L, "ศูนย์ราชการ", "Government offices", ("ศาลากลาง",), -855, 136),
    (_L, "โรงพยาบาล", "Hospital", ("รพ.",), -625, -558),
    (_L, "สนามกีฬา", "Sports ground", (), -1067, -405),
    (_J, "แยกวิวิธสุรการ", "Wiwit Surakan junction", ("สี่แยกวิวิธ",), -322, 294),
    (_J, "แยกศรีสุมังค์", "Si Sumang junction", (), -183, -169),
    (_J, "แยกสองนางสถิตย์–ตลาด", "Song Nang Sathit–Market junction", (), -322, -20),
    (_R, "ถนนสำราญชายโขง", "Samran Chai Khong Road", ("ถ.ริมโขง", "ถ.สำราญชายโขง"), 12, 150),
    (_R, "ถนนตลาดอินโดจีน", "Talat Indochina Road", ("ถ.ตลาดอินโดจีน",), -250, -20),
    (_R, "ถนนสองนางสถิตย์", "Song Nang Sathit Road", ("ถ.สองนางสถิตย์",), -322, 60),
    (_R, "ถนนวิวิธสุรการ", "Wiwit Surakan Road", ("ถ.วิวิธสุรการ",), -250, 294),
    (_R, "ถนนสมุทรศักดารักษ์", "Samut Sakdarak Road", ("ถ.สมุทรศักดารักษ์",), -183, 60),
    (_R, "ถนนพิทักษ์พนมเขต", "Phithak Phanom Khet Road", ("ถ.พิทักษ์พนมเขต",), -512, 30),
    (_R, "ถนนเมืองใหม่", "Mueang Mai Road", ("ถ.เมืองใหม่",), -250, -325),
    (_C, "ชุมชนศรีมงคลยอดแก้ว", "Si Mongkhon Yot Kaeo community", (), -240, 90),
    (_C, "ชุมชนศรีสุมังค์", "Si Sumang community", (), -150, -390),
    (_C, "ชุมชนหลังศูนย์ราชการ", "Lang Sun Ratchakan community", (), -640, 360),
    (_P, "จุดตรวจตลาดอินโดจีน", "Check-point, Indochina Market", ("ตู้แดงตลาด",), 2, -22),
    (_P, "จุดตรวจศรีสุมังค์", "Check-point, Si Sumang", (), -315, -160),
)


def sample_places() -> tuple[Place, ...]:
    """The sample gazetteer; each place is marked as a sample."""
    return tuple(
        Place(
            id=f"place-{number}",
            kind=kind,
            name_th=name_th,
            name_en=name_en,
            aliases=aliases,
            at=place(along, north),
            sample=True,
        )
        for number, (kind, name_th, name_en, aliases, along, north) in enumerate(_PLACES, start=1)
    )
