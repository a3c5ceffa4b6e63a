"""Which cameras the wall watches, and with what masks: as the register has them now."""

from __future__ import annotations

from app.cameras.address import CameraAddress
from app.cameras.camera import Camera
from app.cameras.masks import PrivacyMask
from app.cameras.passwords import CameraPasswords
from app.log import Changed
from app.ui.desk import Desk
from app.ui.review.footage_room import FootageRoom
from app.video.live import WatchedCamera
from app.video.workers.pictures import WorkerPictures

_OF_STREAMS = frozenset(
    {"camera_registered", "camera_changed", "camera_removed", "camera_masks_drawn"}
)


class Watching:
    """Brings the register's cameras to the pictures, and their masks to the recorded ones too."""

    def __init__(
        self,
        desk: Desk,
        passwords: CameraPasswords,
        pictures: WorkerPictures,
        footage: FootageRoom,
    ) -> None:
        self._desk = desk
        self._passwords = passwords
        self._pictures = pictures
        self._footage = footage

    def set_streams(self) -> None:
        """Watch what is registered now, and nothing else."""
        masks = self._desk.all_masks()
        self._footage.set_masks(masks)
        self._pictures.set_cameras(
            [self._watched(camera, masks.get(camera.id, ())) for camera in self._desk.cameras()]
        )

    def on_changed(self, changed: Changed) -> None:
        """Cameras or masks may have changed."""
        if _OF_STREAMS & changed.kinds:
            self.set_streams()

    def _watched(self, camera: Camera, masks: tuple[PrivacyMask, ...]) -> WatchedCamera:
        def opened(url: str) -> CameraAddress:
            return self._passwords.address(url, camera.username, camera.id)

        sub = opened(camera.sub_url) if camera.sub_url else None
        return WatchedCamera(camera.id, opened(camera.main_url), sub, masks)
