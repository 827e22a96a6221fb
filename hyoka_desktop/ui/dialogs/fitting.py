"""A scroll area that asks for the whole room of its contents, and scrolls only where the screen has less."""

from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QScrollArea, QWidget

from hyoka_desktop.ui.pages.column import scroll_steadily

_OF_SCREEN: Final = 0.92
"""The share of a screen that a dialog may take; its title stands in the rest."""


def screen_room(widget: QWidget) -> QSize:
    """Tell the largest size that the window of a widget may ask for on its screen."""
    return widget.screen().availableSize() * _OF_SCREEN


class Contents(QWidget):
    """Hold what may scroll; lists in it give way down to their least height before it does."""

    def heightForWidth(self, width: int) -> int:
        """Tell the least height at a width: wrapped texts stand in it whole."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else super().heightForWidth(width)

    def event(self, event: QEvent) -> bool:
        """Tell the area around it when it needs another room."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            viewport = self.parentWidget()
            area = viewport.parentWidget() if viewport is not None else None
            if isinstance(area, FittingArea):
                area.updateGeometry()
        return done


class FittingArea(QScrollArea):
    """Show contents above what else stands in the layout of the window."""

    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self._contents = contents
        scroll_steadily(self, contents)
        self.verticalScrollBar().ensurePolished()
        self.bar_width = self.verticalScrollBar().sizeHint().width()

    def sizeHint(self) -> QSize:
        """Ask for what the contents would like."""
        return self._with_bar(self._contents.sizeHint()).boundedTo(self._most())

    def minimumSizeHint(self) -> QSize:
        """Ask for what the contents need, as far as there is room."""
        return self._with_bar(self._contents.minimumSizeHint()).boundedTo(self._most())

    def hasHeightForWidth(self) -> bool:
        """Tell whether texts in the contents wrap."""
        layout = self._contents.layout()
        return layout is not None and layout.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Tell the height that the contents would like at a width."""
        layout = self._contents.layout()
        if layout is None:
            return super().heightForWidth(width)
        return min(layout.totalHeightForWidth(width - self.bar_width), self._most().height())

    def _most(self) -> QSize:
        """Tell the largest size that may be asked for: the screen without what stands below."""
        layout = self.window().layout()
        items = [layout.itemAt(place) for place in range(layout.count())] if layout is not None else []
        below = sum(item.sizeHint().height() for item in items if item is not None and item.widget() is not self)
        return screen_room(self) - QSize(0, below)

    def _with_bar(self, size: QSize) -> QSize:
        return size + QSize(self.bar_width, 0)
