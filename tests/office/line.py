"""A line to a running LibreOffice. Run by a Python that has `uno`.

One JSON line in, [the engine's file, the question]; one out, {"ok": answer} or {"error": trace};
until standard input ends. What answers is `inside.py`, in LibreOffice's own process.
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import NamedValue

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


def main():
    context = context_of(sys.argv[1])
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    factory = loader.activate(NAME, "", uno.systemPathToFileUrl(str(INSIDE)), None)
    inside = factory.createInstanceWithContext(context)
    print(json.dumps({"ok": "connected"}), flush=True)
    for line in sys.stdin:
        engine, question = json.loads(line)
        given = (NamedValue("engine", engine), NamedValue("question", json.dumps(question)))
        print(inside.execute(given), flush=True)


main()
