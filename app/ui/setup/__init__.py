"""The Setup place: language, the station, its cameras."""
