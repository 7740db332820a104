"""The add-in's macros in LibreOffice, over objects that are in the tests (see `inside.py`).

A macro is given a stand-in for a COM object; each of its members that VBA asks for is asked for
over the line, and answered there by the stand-in for Excel.
"""

import json
from pathlib import Path

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.script import ArrayWrapper, XInvocation
from com.sun.star.uno import RuntimeException

MACROS = "Calc MS Excel 2007 VBA XML"
METHODS = (
    "Range",
    "Item",
    "Worksheets",
    "Add",
    "AddComment",
    "ClearComments",
    "Delete",
    "Merge",
    "Text",
)


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Elsewhere(unohelper.Base, XInvocation):
    """An object in the tests, by its number."""

    def __init__(self, number, back):
        self.number, self.back = number, back

    def ask(self, kind, member, *arguments):
        question = {"object": self.number, "kind": kind, "member": member, "given": arguments}
        reply = json.loads(self.back(json.dumps(question)))
        if "error" in reply:
            raise RuntimeException(reply["error"], None)
        if "object" in reply:
            return Elsewhere(reply["object"], self.back)
        if "rows" in reply:
            return ArrayWrapper(False, tuple(map(tuple, reply["rows"])))
        return reply["value"]

    def getIntrospection(self):  # noqa: N802 - UNO's words
        return None

    def invoke(self, name, arguments, _, __):
        return self.ask("call", name, *arguments), (), ()

    def setValue(self, name, value):  # noqa: N802
        self.ask("put", name, value)

    def getValue(self, name):  # noqa: N802
        return self.ask("get", name)

    def hasMethod(self, name):  # noqa: N802
        return name in METHODS

    def hasProperty(self, name):  # noqa: N802
        return name not in METHODS


class Engine:
    def __init__(self, desktop):
        self.desktop = desktop
        self.back = None  # given by what makes the engine
        self.addin = None

    def answer(self, question):
        if "path" in question:
            return self.open(question["path"])
        arguments = [Elsewhere(question["object"], self.back), *map(self.whole, question["given"])]
        libraries = self.addin.BasicLibraries.ElementNames
        project = next(name for name in libraries if name != "Standard")
        script = f"vnd.sun.star.script:{project}.{question['macro']}?language=Basic"
        macro = self.addin.ScriptProvider.getScript(f"{script}&location=document")
        return macro.invoke(tuple(arguments), (), ())[0]

    def whole(self, value):
        return tuple(value) if isinstance(value, list) else value

    def open(self, path):
        properties = (
            prop("Hidden", True),
            prop("MacroExecutionMode", 4),
            prop("FilterName", MACROS),
        )
        address = uno.systemPathToFileUrl(str(Path(path).resolve()))
        self.addin = self.desktop.loadComponentFromURL(address, "_blank", 0, properties)
        return self.addin is not None
