"""A row that goes on in the next line where there is no room (换行的一排): for bars of buttons at large text sizes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.widgets.card import row


@dataclass(frozen=True, slots=True)
class _Line:
    """Some items side by side (一行): the widths they want, and the height of the highest."""

    items: tuple[QLayoutItem, ...]
    widths: tuple[int, ...]
    height: int


def together(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Some things as one, never parted by the end of a line."""
    made = QWidget()
    line = row(*parts, None, spacing=spacing)
    line.setContentsMargins(0, 0, 0, 0)
    made.setLayout(line)
    return made


class WrappingRow(QLayout):
    """Items from left to right, as many a line as fit (换行的一排); nothing is ever made narrower than its words.

    The items named in `stretching` take what is left of their line; a line without one leaves it blank.
    """

    def __init__(
        self, *items: QWidget, stretching: tuple[QWidget, ...] = (), spacing: int = 8, line_spacing: int = 6
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._known: dict[int | None, list[_Line]] = {}
        self._stretching = stretching
        self._gap, self._line_gap = spacing, line_spacing
        for item in items:
            self.addWidget(item)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more at the end."""
        self._items.append(item)
        self._known.clear()

    def count(self) -> int:
        """How many there are, hidden ones too."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Let one go, None beyond the last."""
        self._known.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def invalidate(self) -> None:
        """Something in it wants another room: the lines are reckoned anew."""
        self._known.clear()
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        edges = self.contentsMargins()
        lines = self._lines(width - edges.left() - edges.right())
        gaps = self._line_gap * max(len(lines) - 1, 0)
        return sum(line.height for line in lines) + gaps + edges.top() + edges.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        return self._size(
            [sum(line.widths) + self._gap * (len(line.items) - 1) for line in self._lines(None)]
        )

    def minimumSize(self) -> QSize:
        """The widest alone in its line."""
        return self._size([item.minimumSize().width() for item in self._items if not item.isEmpty()])

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        room = rect.marginsRemoved(self.contentsMargins())
        top = room.top()
        for line in self._lines(room.width()):
            left = room.left()
            for item, width in zip(line.items, self._shared_out(line, room.width()), strict=True):
                height = min(item.sizeHint().height(), line.height)
                place = QPoint(left, top + (line.height - height) // 2)
                item.setGeometry(QRect(place, QSize(width, height)))
                left += width + self._gap
            top += line.height + self._line_gap

    def _size(self, widths: list[int]) -> QSize:
        edges = self.contentsMargins()
        height = max((item.sizeHint().height() for item in self._items if not item.isEmpty()), default=0)
        return QSize(
            max(widths, default=0) + edges.left() + edges.right(), height + edges.top() + edges.bottom()
        )

    def _lines(self, room: int | None) -> list[_Line]:
        """The lines of a width, reckoned once: a page asks dozens of times while it is laid out."""
        if room not in self._known:
            self._known[room] = self._broken_into(room)
        return self._known[room]

    def _broken_into(self, room: int | None) -> list[_Line]:
        """The items over lines of a width, all in one for None; what is too wide alone gets the whole line."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            width = item.sizeHint().width()
            if room is not None:
                width = min(width, room)
            if not lines or (room is not None and used + self._gap + width > room):
                lines.append([])
                used = width
            else:
                used += self._gap + width
            lines[-1].append((item, width))
        return [
            _Line(
                tuple(item for item, _ in line),
                tuple(width for _, width in line),
                max(item.sizeHint().height() for item, _ in line),
            )
            for line in lines
        ]

    def _shared_out(self, line: _Line, room: int) -> list[int]:
        """The widths of a line with what is left over given to those that stretch, up to their greatest width."""
        widths = list(line.widths)
        left = room - sum(widths) - self._gap * (len(widths) - 1)
        for number, item in enumerate(line.items):
            if left > 0 and item.widget() in self._stretching:
                more = min(left, max(item.maximumSize().width() - widths[number], 0))
                widths[number] += more
                left -= more
        return widths
