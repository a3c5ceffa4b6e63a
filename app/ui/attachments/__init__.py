"""The files of an incident: attached, looked at, taken out."""
