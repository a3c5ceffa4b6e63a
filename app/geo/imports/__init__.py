"""Bringing a map into the station: files of many kinds, read apart, all or nothing."""
