"""Where the eight sample cameras stand and which way they look. Knows no streams."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.town.plan import place
from app.geo.coordinates import LatLon


@dataclass(frozen=True, slots=True)
class SampleCamera:
    """A camera of the sample town. Bearing clockwise from north, the full angle of view, metres."""

    id: str
    name_th: str
    name_en: str
    place: LatLon
    bearing_deg: float
    field_of_view_deg: float
    range_m: float
    owner: str
    night_range_m: float = 0.0
    retention_days: int = 30
    checked_days_ago: int | None = 40
    """When somebody stood before it last; None: nobody ever did."""
    consented: bool = True
    notice_sign: bool = True


_STATION, _TOWN, _TRADERS = "สภ.เมืองมุกดาหาร (ตัวอย่าง)", "เทศบาล (ตัวอย่าง)", "ผู้ค้าตลาด (ตัวอย่าง)"
CONTACTS = {
    _STATION: "โทร. 042-000-191",
    _TOWN: "โทร. 042-000-199",
    _TRADERS: "โทร. 080-000-0000",
}
MODELS = {
    _STATION: ("ตัวอย่าง", "IP-2M"),
    _TOWN: ("ตัวอย่าง", "IP-4M"),
    _TRADERS: ("ตัวอย่าง", "NVR-8"),
}

SAMPLE_CAMERAS: tuple[SampleCamera, ...] = (
    SampleCamera("C01", "ตลาดอินโดจีน ประตู 3", "Indochina Market, gate 3",
                 place(6.4, -39.0), 6.0, 92.0, 95.0, _STATION),
    SampleCamera("C02", "สำราญชายโขง–ตลาดใต้", "Samran Chai Khong, market south",
                 place(11.5, -108.0), 357.0, 44.0, 130.0, _STATION),
    SampleCamera("C03", "ตลาด ลานจอดรถ", "Market car park",
                 place(-73.0, -10.5), 82.0, 58.0, 95.0, _TRADERS,
                 retention_days=7, checked_days_ago=200, consented=False),
    SampleCamera("C04", "ริมโขง จุดชมวิว", "Riverside viewpoint",
                 place(20.0, 91.0), 190.0, 60.0, 115.0, _TOWN, 55.0, checked_days_ago=231),
    SampleCamera("C05", "ท่าเรือข้ามฟาก", "Ferry pier",
                 place(20.0, -178.0), 128.0, 76.0, 100.0, _TOWN, 40.0, notice_sign=False),
    SampleCamera("C06", "แยกวิวิธสุรการ", "Wiwit Surakan junction",
                 place(-313.5, 285.0), 186.0, 46.0, 120.0, _STATION),
    SampleCamera("C07", "หลังศูนย์ราชการ ซอย 2", "Behind the offices, soi 2",
                 place(-641.0, 203.0), 182.0, 40.0, 80.0, _TOWN,
                 retention_days=0, checked_days_ago=None, notice_sign=False),
    SampleCamera("C08", "แยกศรีสุมังค์", "Si Sumang junction",
                 place(-176.0, -163.5), 264.0, 52.0, 110.0, _STATION),
)  # fmt: skip
