"""Backups of a station's log: made while it is in use, checked, pruned, and put back.

A backup is a folder with the log, `station.toml` and the public key: it opens as a station does.
Footage, evidence, papers and maps are files that do not change: they are copied by ordinary means.
Passwords and the signing key are in no backup.
"""
