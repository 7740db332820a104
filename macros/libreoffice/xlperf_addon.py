"""The toolbar and menu of xlperf in LibreOffice: each button is a command `xlperf:ACTION`.

LibreOffice loads this file itself, finds the modules in `pythonpath` beside it, and asks
`Commands` for whatever is dispatched under `xlperf:`. The words are in `words.json`.
"""

import json
import os

import uno
import unohelper
import xlperf_session
from com.sun.star.awt.MessageBoxButtons import BUTTONS_OK, BUTTONS_OK_CANCEL
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX, QUERYBOX
from com.sun.star.beans import PropertyValue
from com.sun.star.frame import FeatureStateEvent, XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

NAME, SERVICE = "xlperf.LibreOffice.Commands", "com.sun.star.frame.ProtocolHandler"
PROTOCOL, MANIFEST, TITLE = "xlperf:", "_xlperf", "xlperf"
AGREED = 1
DIALOGS = "XLPERF_DIALOGS"  # a file that answers and keeps what would be dialogs, for tests


def load_words():
    """The words of the buttons, by language, and which of them any document enables."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "words.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def setting(context, node, name):
    """A value of LibreOffice's configuration."""
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    path = PropertyValue()
    path.Name, path.Value = "nodepath", node
    access = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationAccess", (path,)
    )
    return access.getPropertyValue(name)


class Window:
    """What xlperf says to the user and asks of him, in LibreOffice's own dialogs."""

    def __init__(self, context, frame, document):
        self.context, self.frame, self.document = context, frame, document
        self.indicator = None
        self.held = False

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def box(self, kind, buttons, text):
        toolkit = self.service("com.sun.star.awt.Toolkit")
        window = self.frame.getContainerWindow()
        return toolkit.createMessageBox(window, kind, buttons, TITLE, text).execute()

    def say(self, text, mode):
        self.quiet(False)
        self.box(ERRORBOX if mode == "critical" else INFOBOX, BUTTONS_OK, text)

    def confirm(self, text):
        return self.box(QUERYBOX, BUTTONS_OK_CANCEL, text) == AGREED

    def choose(self, kind, title):
        is_folder = kind == "folder"
        picker = self.service(
            "com.sun.star.ui.dialogs." + ("FolderPicker" if is_folder else "FilePicker")
        )
        picker.setTitle(title)
        if not picker.execute():
            return ""
        chosen = picker.getDirectory() if is_folder else picker.getSelectedFiles()[0]
        return uno.fileUrlToSystemPath(chosen)

    def open(self, path):
        desktop = self.service("com.sun.star.frame.Desktop")
        desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, ())

    def status(self, text):
        if self.indicator is not None:
            self.indicator.end()
            self.indicator = None
        if text:
            self.indicator = self.frame.createStatusIndicator()
            self.indicator.start(text, 0)

    def quiet(self, on):
        """Neither draw nor calculate, or do both again."""
        if on == self.held:
            return
        self.held = on
        if on:
            self.document.lockControllers()
            self.document.enableAutomaticCalculation(False)
        else:
            self.document.enableAutomaticCalculation(True)
            self.document.calculate()
            self.document.unlockControllers()


class WrittenWindow(Window):
    """For tests: what would be said is written into a file, answers are read from it."""

    def __init__(self, context, frame, document, path):
        super().__init__(context, frame, document)
        self.path = path

    def note(self, key, value):
        with open(self.path, encoding="utf-8") as file:
            notes = json.load(file)
        notes.setdefault("said", []).append([key, value])
        answers = notes.get("answers", [])
        answer = answers.pop(0) if key in ("confirm", "choose") and answers else None
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(notes, file)
        return answer

    def say(self, text, mode):
        self.quiet(False)
        self.note(mode, text)

    def confirm(self, text):
        return bool(self.note("confirm", text))

    def choose(self, kind, title):
        return self.note("choose", title) or ""

    def open(self, path):
        self.note("open", path)


class Commands(unohelper.Base, XServiceInfo, XInitialization, XDispatchProvider, XDispatch):
    """What LibreOffice asks for commands that begin with `xlperf:`; one object a frame."""

    def __init__(self, context, *_):
        self.context, self.frame = context, None
        self.words = load_words()

    def initialize(self, arguments):
        if arguments:
            self.frame = arguments[0]

    def queryDispatch(self, url, target, flags):
        return self if url.Protocol == PROTOCOL else None

    def queryDispatches(self, requests):
        return [self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests]

    def addStatusListener(self, listener, url):
        state = FeatureStateEvent()
        state.FeatureURL, state.Source = url, self
        state.IsEnabled = url.Path in self.words["always"] or self.is_master()
        listener.statusChanged(state)

    def removeStatusListener(self, listener, url):
        pass

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name == SERVICE

    def getSupportedServiceNames(self):
        return (SERVICE,)

    def document(self):
        controller = self.frame.getController() if self.frame is not None else None
        return controller.getModel() if controller is not None else None

    def is_master(self):
        document = self.document()
        return hasattr(document, "Sheets") and document.Sheets.hasByName(MANIFEST)

    def language(self):
        named = os.environ.get("XLPERF_LANG", "")[:2].lower()
        if named in self.words:
            return named
        locale = setting(self.context, "/org.openoffice.Setup/L10N", "ooLocale")
        return "zh" if str(locale).lower().startswith("zh") else "en"

    def dispatch(self, url, arguments):
        """A click. Whatever goes wrong is said."""
        document = self.document()
        path = os.environ.get(DIALOGS)
        window = (
            WrittenWindow(self.context, self.frame, document, path)
            if path
            else Window(self.context, self.frame, document)
        )
        words = self.words[self.language()]
        if document is None or url.Path not in words["buttons"]:
            return
        if document.isReadonly() and url.Path not in self.words["always"]:
            window.say(words["read_only"], "critical")
            return
        try:
            self.click(url.Path, document, window)
        except xlperf_session.UnavailableError as problem:
            key = "no_python" if str(problem) == "no_python" else "failed"
            window.say(words[key].replace("{why}", str(problem)), "critical")
        except Exception as problem:
            why = str(problem) or type(problem).__name__
            window.say(words["failed"].replace("{why}", why), "critical")

    def click(self, action, document, window):
        """Do an action. It cannot be undone in part: LibreOffice's list of steps is emptied, as
        Excel empties its own; `clear_marks` takes marks away.
        """
        program = (
            "LibreOffice",
            str(setting(self.context, "/org.openoffice.Setup/Product", "ooSetupVersion")),
        )
        undo = document.getUndoManager()
        undo.lock()
        try:
            calc = xlperf_session.calc_of(document, program)
            xlperf_session.run(action, self.language(), calc, window)
        finally:
            undo.unlock()
            undo.clear()


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice's word
g_ImplementationHelper.addImplementation(Commands, NAME, (SERVICE,))
