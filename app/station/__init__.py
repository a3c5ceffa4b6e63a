"""The station's folder: profile, lock, secrets, disk, platform. Knows nothing of Qt."""
