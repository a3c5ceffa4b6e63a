"""Eight more sample cameras whose faults put every state of a tile side by side: for pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from app.cameras.camera import Camera, StreamKind
from app.demo.simulated_cameras import (
    CameraSpec,
    Fault,
    Scene,
    SceneContent,
    SimulatedFleet,
)

LATE, CONNECTING = "C10", "C14"
"""Their states pass within seconds: they are brought about just before each picture."""

_LASTING: Mapping[str, Fault] = MappingProxyType(
    {
        "C11": Fault.FREEZE,  # lost, its last picture dimmed
        "C12": Fault.WRONG_PASSWORD,
        "C13": Fault.SILENT,
        "C15": Fault.REFUSE,
        CONNECTING: Fault.NO_MEDIA,
    }
)

_PLACES: tuple[tuple[str, Scene], ...] = (
    ("ริมโขง ลานออกกำลังกาย", Scene.RIVERSIDE),
    ("ท่าเรือข้ามฟาก ทางลง", Scene.PIER),
    ("แยกตลาดเช้า", Scene.JUNCTION),
    ("ซอยหลังวัดศรีมงคลใต้", Scene.ALLEY),
    ("ตลาดอินโดจีน ลานเหนือ", Scene.MARKET),
    ("ถ.สำราญชายโขงเหนือ", Scene.STREET),
    ("ศูนย์ราชการ ประตูหลัง", Scene.GOVERNMENT_CENTRE),
    ("วัดศรีบุญเรือง", Scene.TEMPLE),
)


class WallOfStates:
    """The cameras C09 to C16, in a process of their own, each on its own port."""

    def __init__(self) -> None:
        specs = [
            CameraSpec(f"C{number:02d}", name, SceneContent(scene, variant=1))
            for number, (name, scene) in enumerate(_PLACES, 9)
        ]
        self._names = {spec.camera_id: spec.name_th for spec in specs}
        self._fleet = SimulatedFleet(specs, own_ports=True)

    def start(self, like: Camera) -> list[Camera]:
        """Serve them; their records, standing some way north of `like`."""
        self._fleet.start()
        self._fleet.wait_until_ready()
        return [
            replace(
                like,
                id=camera_id,
                name=name,
                main_url=self._fleet.url(camera_id, StreamKind.MAIN),
                sub_url=self._fleet.url(camera_id, StreamKind.SUB),
                lat_deg=like.lat_deg + 0.0006 * step,
            )
            for step, (camera_id, name) in enumerate(self._names.items(), 1)
        ]

    def fall_ill(self) -> None:
        """The faults that last."""
        for camera_id, fault in _LASTING.items():
            self._fleet.fault(camera_id, fault)

    def freeze_late_one(self) -> None:
        """Within two seconds its picture is late, after three it is lost."""
        self._fleet.fault(LATE, Fault.FREEZE)

    def heal_late_one(self) -> None:
        self._fleet.heal(LATE)

    def stop(self) -> None:
        self._fleet.stop()
