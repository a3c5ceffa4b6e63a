"""Gives a page of the manual room to breathe: Thai needs air, and keys look like keys."""

from __future__ import annotations

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)

from app.ui.theme import FAMILIES, Theme

_LINE_PERCENT = 135
_PICTURE = "\ufffc"  # what stands for it in the text of its block
_ABOVE_PX = {1: 4, 2: 18}
_BELOW_PX = {1: 10, 2: 4}


def dress(document: QTextDocument, theme: Theme) -> None:
    """Line heights, distances, heads and key caps of a page that has just been set."""
    block = document.begin()
    while block.isValid():
        _dress_block(block, theme)
        _dress_list(block)
        _dress_keys(block, theme)
        block = block.next()


def _dress_block(block: QTextBlock, theme: Theme) -> None:
    shape = block.blockFormat()
    level = shape.headingLevel()
    percent = 100 if _PICTURE in block.text() else _LINE_PERCENT
    shape.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(theme.px(_ABOVE_PX.get(level, 3)))
    shape.setBottomMargin(theme.px(_BELOW_PX.get(level, 5)))
    cursor = QTextCursor(block)
    cursor.setBlockFormat(shape)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        head = cursor.charFormat()
        head.setFont(theme.font("figure" if level == 1 else "title", 600))
        cursor.mergeCharFormat(head)


def _dress_list(block: QTextBlock) -> None:
    """Points are filled: the hollow ones that a `*` gives look like boxes to tick."""
    points = block.textList()
    if points is not None and points.format().style() is QTextListFormat.Style.ListCircle:
        shape = points.format()
        shape.setStyle(QTextListFormat.Style.ListDisc)
        points.setFormat(shape)


def _dress_keys(block: QTextBlock, theme: Theme) -> None:
    spans = []
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        if piece.isValid() and piece.charFormat().fontFixedPitch():
            spans.append((piece.position(), piece.length()))
        pieces += 1
    for position, length in spans:
        cursor = QTextCursor(block)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cap = cursor.charFormat()
        cap.setFontFixedPitch(False)
        cap.setFontStyleHint(QFont.StyleHint.AnyStyle)
        cap.setFontFamilies(FAMILIES)
        cap.setFontWeight(QFont.Weight.DemiBold)
        cap.setForeground(theme.colour("text"))
        cap.setBackground(theme.colour("control"))
        cursor.setCharFormat(cap)
