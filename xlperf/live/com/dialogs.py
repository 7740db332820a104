"""What is asked of the user, and said where no book answers."""

from __future__ import annotations

import sys

import xlwings as xw

FILES, FOLDERS = 3, 4  # msoFileDialogFilePicker, msoFileDialogFolderPicker
HOST_KINDS = {FILES: "file", FOLDERS: "folder"}
DIALOG_TITLE = "xlperf"


def choose(book: xw.Book, kind: int, title: str) -> str:
    """The path of the file or folder that the user chooses in Excel's dialog; "" if he cancels."""
    if choose_in_host := getattr(book.app, "choose", None):  # another program than Excel
        return str(choose_in_host(HOST_KINDS[kind], title))
    dialog = book.app.api.FileDialog(kind)
    dialog.Title = title
    return str(dialog.SelectedItems(1)) if dialog.Show() else ""


def agreed(book: xw.Book, question: str) -> bool:
    """Whether the user clicks OK."""
    answer = book.app.alert(question, DIALOG_TITLE, buttons="ok_cancel", mode="info")
    return bool(answer == "ok")


def message(sentence: str) -> None:
    """A message box of Windows, where no book answers; on the error output elsewhere."""
    engine = getattr(xw, "_xlwindows", None)
    if engine is None:
        sys.stderr.write(f"{DIALOG_TITLE}: {sentence}\n")
    else:
        engine.win32api.MessageBox(0, sentence, DIALOG_TITLE, engine.win32con.MB_ICONWARNING)
