"""A line to a running LibreOffice. Run by a Python that has `uno`.

One JSON line in, [the engine's file, the question]; one out, {"ok": answer} or {"error": trace};
until standard input ends: whoever asked is gone then, and LibreOffice is ended by the number of its
group of processes, its folder removed. What answers is `inside.py`, in LibreOffice's own process.
Before it answers it may ask back: {"back": question}, to which the next line that is no question is
the {"reply": answer}.
"""

import json
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
import unohelper
from com.sun.star.beans import NamedValue
from com.sun.star.task import XJob

INSIDE, NAME = Path(__file__).with_name("inside.py"), "xlperf.tests.Inside"


def context_of(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    deadline = time.monotonic() + 60
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


class Back(unohelper.Base, XJob):
    """What LibreOffice asks back."""

    def __init__(self, inside):
        self.inside = inside

    def execute(self, named_values):
        print(json.dumps({"back": json.loads(named_values[0].Value)}), flush=True)
        return serve(self.inside)


def serve(inside):
    """Pass questions on until there is a reply, or no line any more."""
    for line in sys.stdin:
        message = json.loads(line)
        if isinstance(message, dict):
            return json.dumps(message["reply"])
        engine, question = message
        named_values = (NamedValue("engine", engine), NamedValue("question", json.dumps(question)))
        print(inside.execute(named_values), flush=True)
    return None


def end(group, folder):
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def main():
    context = context_of(sys.argv[1])
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    factory = loader.activate(NAME, "", uno.systemPathToFileUrl(str(INSIDE)), None)
    inside = factory.createInstanceWithContext(context)
    inside.execute((NamedValue("back", Back(inside)),))
    print(json.dumps({"ok": "connected"}), flush=True)
    serve(inside)


try:
    main()
finally:
    end(int(sys.argv[2]), sys.argv[3])
