"""Pack a workbook into its file, without temporary files and without the time of now."""

import io
import zipfile

from openpyxl import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from hyoka_desktop.writers.package import packed_again


class _WriterInMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """Write a workbook without putting its sheets into temporary files first, where text of the report might stay."""

    def write_worksheet(self, sheet: Worksheet) -> None:
        content = io.BytesIO()
        WorksheetWriter(sheet, content).write()
        self._archive.writestr(sheet.path[1:], content.getvalue())
        self.manifest.append(sheet)


def packed(workbook: Workbook) -> bytes:
    """Pack a workbook; the same one gives the same bytes."""
    target = io.BytesIO()
    # `Workbook.save` would set the time of now.
    _WriterInMemory(workbook, zipfile.ZipFile(target, "w")).save()
    return packed_again(target)
