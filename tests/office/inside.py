"""What LibreOffice loads into its own process, where a call costs a twentieth of one from outside.

`line.py` has it loaded and passes questions on. An engine is a file with a class `Engine`, made
with LibreOffice's desktop, whose `answer` takes what JSON can say and gives it back. It may ask
back by its own `back`, JSON for JSON.
"""

import importlib.util
import json
import sys
import traceback

import unohelper
from com.sun.star.beans import NamedValue
from com.sun.star.task import XJob

NAME = "xlperf.tests.Inside"


class Inside(unohelper.Base, XJob):
    def __init__(self, context):
        self.desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        self.engines = {}
        self.line = None

    def execute(self, named_values):
        arguments = {argument.Name: argument.Value for argument in named_values}
        if "back" in arguments:
            self.line = arguments["back"]
            return None
        try:
            answer = self.engine(arguments["engine"]).answer(json.loads(arguments["question"]))
            return json.dumps({"ok": answer})
        except Exception:
            return json.dumps({"error": traceback.format_exc()})

    def engine(self, path):
        if path not in self.engines:
            spec = importlib.util.spec_from_file_location(f"engine{len(self.engines)}", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            self.engines[path] = module.Engine(self.desktop)
            self.engines[path].back = self.back
        return self.engines[path]

    def back(self, question):
        return self.line.execute((NamedValue("question", question),))


sys.dont_write_bytecode = True
g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice's word
g_ImplementationHelper.addImplementation(Inside, NAME, (NAME,))
