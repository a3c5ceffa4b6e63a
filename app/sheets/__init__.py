"""Printed sheets: what a paper says, how it is set by Typst, seen by pdfium, and kept.

A sheet's own data is gathered by `<kind>_sheet.py`, its look is `resources/sheets/<kind>.typ`.
Knows no Qt: pictures that Qt draws come as bytes.
"""
