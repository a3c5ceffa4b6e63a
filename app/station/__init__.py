"""The station's folder: profile, lock, secrets, disk, platform. Knows nothing of Qt."""

from app.station.disk import Disk, GrowingFile, Space
from app.station.folder import StationFolder, create_station, open_station
from app.station.lock import ConsoleLock, Holder, RecorderLock
from app.station.profile import Profile, SecretPlace
from app.station.program_log import ProgramLog
from app.station.redaction import RedactingFilter, Redactor, without_credentials
from app.station.secrets import FileSecrets, KeyringSecrets, SecretStore, secret_store

__all__ = [
    "ConsoleLock",
    "Disk",
    "FileSecrets",
    "GrowingFile",
    "Holder",
    "KeyringSecrets",
    "Profile",
    "ProgramLog",
    "RecorderLock",
    "RedactingFilter",
    "Redactor",
    "SecretPlace",
    "SecretStore",
    "Space",
    "StationFolder",
    "create_station",
    "open_station",
    "secret_store",
    "without_credentials",
]
