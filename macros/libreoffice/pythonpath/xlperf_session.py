"""One click: xlperf started beside LibreOffice, and answered as long as it asks.

xlperf runs in a Python of its own (LibreOffice's has no libraries). Where that is, stands in a file
that `xlperf addin install --for libreoffice` writes, or in the variable XLPERF_PYTHON. What goes to
and fro is described in `xlperf/live/host/requests.py`.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile

import xlperf_calc

MODULE = "xlperf.live.session"
SETTINGS = "python.txt"  # the path of xlperf's Python, one line of UTF-8
# what LibreOffice sets for its own Python and libraries, and another one must not have
FOREIGN = (
    "PYTHONHOME",
    "PYTHONPATH",
    "LD_LIBRARY_PATH",
    "PYTHONDONTWRITEBYTECODE",
    "URE_BOOTSTRAP",
)
NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW


class UnavailableError(Exception):
    """xlperf cannot be started; the text is for the user."""


def settings_folder():
    """The folder of the user's settings of xlperf."""
    if sys.platform == "win32":
        return os.path.join(os.environ.get("APPDATA", os.path.expanduser("~")), "xlperf")
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(base, "xlperf")


def python():
    """The Python that has xlperf; "" where nobody said which."""
    named = os.environ.get("XLPERF_PYTHON")
    if named:
        return named
    try:
        with open(os.path.join(settings_folder(), SETTINGS), encoding="utf-8") as file:
            return file.readline().strip()
    except OSError:
        return ""


def start():
    """xlperf, waiting for its first line; and the file of what it complains about."""
    program = python()
    if not program or not os.path.exists(program):
        raise UnavailableError("no_python")
    environment = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    environment["PYTHONIOENCODING"] = "utf-8"
    complaints = tempfile.TemporaryFile()
    flags = NO_WINDOW if sys.platform == "win32" else 0
    try:
        process = subprocess.Popen(
            [program, "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
            creationflags=flags,
        )
    except OSError as error:
        complaints.close()
        raise UnavailableError(str(error))
    return process, complaints


def run(action, language, calc, window):
    """Do the action of a button. Raises UnavailableError where xlperf does not come to an end."""
    process, complaints = start()
    ended, broken = False, ""
    try:
        send(process, {"action": action, "language": language})
        for line in process.stdout:
            request = json.loads(line.decode("ascii"))
            if request.get("end"):
                ended = True
                break
            send(process, answer(request, calc, window))
    except (OSError, ValueError) as error:
        broken = str(error)  # xlperf's own last words say more
    finally:
        if not ended:
            process.kill()
        with contextlib.suppress(OSError):  # what it did not take is sent once more by closing
            process.stdin.close()
        process.stdout.close()
        process.wait()
        complaints.seek(0)
        last = complaints.read()[-300:].decode("utf-8", "replace").strip().rpartition("\n")[2]
        complaints.close()
        window.quiet(False)
        window.status("")
    if not ended:
        raise UnavailableError(last or broken)


def send(process, answer):
    process.stdin.write((json.dumps(answer) + "\n").encode("ascii"))
    process.stdin.flush()


def answer(request, calc, window):
    """The answer to a request."""
    if "asks" in request:
        return {"answers": calc.answers(request["asks"])}
    if "choose" in request:
        return {"path": window.choose(request["choose"], request["title"])}
    if "confirm" in request:
        return {"agreed": window.confirm(request["confirm"])}
    if "say" in request:
        window.say(request["say"], request.get("mode", "info"))
    elif "open" in request:
        window.open(request["open"])
    elif "status" in request:
        window.status(request["status"])
    elif "quiet" in request:
        window.quiet(request["quiet"])
    return {}


def calc_of(document, program):
    return xlperf_calc.Calc(document, program)
