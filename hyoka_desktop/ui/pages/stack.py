"""The pages in the middle: each is built when it is first wanted, and pointed at what is to be seen from then on."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.services.preview import sheet_of
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.pages.pages import ItemPage, ReportPage, SectionPage
from hyoka_desktop.ui.tree_model import Entry
from hyoka_desktop.ui.workplace import Workplace

WritingPage = ReportPage | SectionPage | ItemPage
P = TypeVar("P", ReportPage, SectionPage, ItemPage)


class PageStack(QStackedWidget):
    """Hold the pages of one report, one for each page of the form and each kind of 調書."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._report_pages: dict[str, ReportPage] = {}
        self._item_pages: dict[str, ItemPage] = {}
        self._section_page: SectionPage | None = None
        self._tab = ""

    @property
    def writing(self) -> WritingPage | None:
        """Tell the page that is shown, where it is one to write on."""
        page = self.currentWidget()
        return page if isinstance(page, WritingPage) else None

    def turn_to(self, entry: Entry) -> None:
        """Show what a line of the tree stands for, in the chosen year."""
        self.bring(self._page_of(entry))

    def bring(self, page: QWidget) -> None:
        """Show a page; the tab that was in hand on a page of an item is in front on the next one too, with its row."""
        if page is not self.currentWidget():
            self._remember_tab()
        if isinstance(page, ItemPage):
            page.show_tab(self._tab)
        self.setCurrentWidget(page)

    def let_go(self) -> None:
        """Remove all pages to write on; they are built anew when they are wanted."""
        self._remember_tab()
        for page in (*self._report_pages.values(), *self._item_pages.values(), self._section_page):
            if page is not None:
                self.removeWidget(page)
                page.deleteLater()
        self._report_pages, self._item_pages, self._section_page = {}, {}, None

    def _page_of(self, entry: Entry) -> WritingPage:
        if entry.page is not None:
            return self._report_page(entry.page)
        assert entry.node is not None, "what is only computed has no page to write on"
        if entry.kind is NodeKind.SECTION:
            return self._page_of_section(entry.node)
        return self._item_page(entry.node)

    def _report_page(self, page_id: str) -> ReportPage:
        page = self._report_pages.get(page_id)
        if page is None:
            definition = next(tab for tab in self._workplace.form.pages if tab.id == page_id)
            page = self._built(lambda: ReportPage(self._workplace, definition, self))
            self._report_pages[page_id] = page
        page.show_year()
        return page

    def _page_of_section(self, section: int) -> SectionPage:
        if self._section_page is None:
            self._section_page = self._built(lambda: SectionPage(self._workplace, section, self))
        self._section_page.point_at(section)
        return self._section_page

    def _item_page(self, item: int) -> ItemPage:
        """Tell the page for the kind of 調書 that an item has, pointed at it."""
        form = self._workplace.form
        sheet = sheet_of(form, self._workplace.view, item)
        page = self._item_pages.get(sheet.id)
        if page is None:
            tabs = [tab for name in sheet.tabs for tab in form.tabs if tab.id == name]
            page = self._built(lambda: ItemPage(self._workplace, tabs, item, self))
            self._item_pages[sheet.id] = page
        else:
            page.point_at(item)
        return page

    def _built(self, build: Callable[[], P]) -> P:
        """Build a page and take it in; it is painted after that, which takes as long again, so the loop turns."""
        breathe()
        page = build()
        self.addWidget(page)
        breathe()
        return page

    def _remember_tab(self) -> None:
        page = self.writing
        if isinstance(page, ItemPage):
            self._tab = page.tab_id
