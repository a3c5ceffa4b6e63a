"""Cameras' passwords, and addresses with them: the one place that knows where a password is kept.

Outside the station's folder, in the secret store. What is made here is never shown, logged or kept.
"""

from __future__ import annotations

from app.cameras.address import CameraAddress, parse_camera_address
from app.station import SecretStore


class CameraPasswords:
    """One station's. Any thread may ask; every answer is what holds now."""

    def __init__(self, secrets: SecretStore, station_id: str) -> None:
        self._secrets = secrets
        self._station_id = station_id

    def get(self, camera_id: str) -> str | None:
        """A camera's password, None if it has none. KnownError when they cannot be read."""
        return self._secrets.get(self._station_id, _name(camera_id))

    def put(self, camera_id: str, password: str) -> None:
        """Keep it; in place of one it had. KnownError when it cannot be."""
        self._secrets.put(self._station_id, _name(camera_id), password)

    def forget(self, camera_id: str) -> None:
        """Keep it no longer. KnownError when they cannot be written."""
        self._secrets.forget(self._station_id, _name(camera_id))

    def address(self, url: str, username: str, camera_id: str) -> CameraAddress:
        """The address of one of its streams as it is opened. KnownError for what is none."""
        address = parse_camera_address(url)
        return address.with_credentials(username or None, self.get(camera_id))


def _name(camera_id: str) -> str:
    return f"camera/{camera_id}"
