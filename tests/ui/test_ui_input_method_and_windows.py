"""Input methods where windows come and go: the next key is composed as well."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

WINDOW = (1000, 768)


def test_the_field_with_the_keyboard_gets_the_input_method_back_where_the_system_took_it(driver, qapp):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    QApplication.processEvents()
    asked = []

    def hear(_self, _watched, event):
        if event.type() is QEvent.Type.InputMethodQuery and event.queries() & Qt.InputMethodQuery.ImEnabled:
            asked.append(edit)
        return False

    listener = type("_Listener", (QObject,), {"eventFilter": hear})()
    edit.installEventFilter(listener)
    qapp.focusObjectChanged.emit(None)
    QApplication.processEvents()
    assert asked == [edit], "Qt asks a field whether it takes an input method before it gives it one"
    qapp.focusObjectChanged.emit(edit)
    QApplication.processEvents()
    assert asked == [edit], "only where it was taken"
