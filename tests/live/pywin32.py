"""Just enough of pywin32 for xlwings' own Windows engine to be imported where there is no Windows.

Every access to a COM object goes through `CDispatch` and is counted in `TRIPS`; message boxes are
kept in `BOXES`. For tests only.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from typing import Any

TRIPS: list[tuple[str, str, str]] = []  # kind, class, member
BOXES: list[tuple[str, str, int]] = []  # text, title, style
BUTTONS: list[int] = []  # what the user will click in message boxes; OK where nothing is said
UNKNOWN_NAME = -2147352570
_inside = [0]  # above 0: work of the stand-in itself, no round trip


class ComError(Exception):
    """pywintypes.com_error: hresult, text, excepinfo, argument."""

    @property
    def hresult(self) -> int:
        return int(self.args[0])

    @property
    def excepinfo(self) -> Any:
        return self.args[2]


def refused(text: str, scode: int = -2146827284) -> ComError:
    """Excel's run-time error 1004."""
    info = (0, "Microsoft Excel", text, "xlmain11.chm", 0, scode)
    return ComError(-2147352567, "Exception occurred.", info, None)


def unknown(name: str) -> ComError:
    return ComError(UNKNOWN_NAME, f"Unknown name: {name}", None, None)


class TimeType(dt.datetime):
    """pywintypes.TimeType."""


@contextmanager
def at_home() -> Iterator[None]:
    """What happens in here is the stand-in's own work."""
    _inside[0] += 1
    try:
        yield
    finally:
        _inside[0] -= 1


def bare(value: Any) -> Any:
    """The COM object in xlwings' wrapper."""
    wrapped = type(value).__name__ == "COMRetryObjectWrapper"
    return value.__dict__["_inner"] if wrapped else value


class _Ole:
    def __init__(self, owner: object) -> None:
        self.owner = owner

    def GetTypeInfo(self) -> Any:  # noqa: N802
        name = type(self.owner).__name__
        iid = "{00020846-0000-0000-C000-000000000046}" if name == "Range" else "{0}"
        return types.SimpleNamespace(
            GetTypeAttr=lambda: types.SimpleNamespace(iid=iid),
            GetDocumentation=lambda _: (name,),
        )

    def GetIDsOfNames(self, _: int, name: str) -> int:  # noqa: N802
        raise unknown(name)


class CDispatch:
    """A COM object; members begin with a capital. An AttributeError never leaves it."""

    CLSID = None

    @property
    def _oleobj_(self) -> _Ole:
        return _Ole(self)

    def __getattribute__(self, name: str) -> Any:
        if not name[:1].isupper() or _inside[0]:
            return object.__getattribute__(self, name)
        kind = type(self).__name__
        if not hasattr(type(self), name):
            raise AttributeError(name)
        with at_home():
            value = _guarded(lambda: object.__getattribute__(self, name), f"{kind}.{name}")
        if isinstance(value, types.MethodType):
            return types.MethodType(_call(value, kind, name), self)
        TRIPS.append(("get", kind, name))
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if not name[:1].isupper() or _inside[0]:
            object.__setattr__(self, name, value)
            return
        TRIPS.append(("put", type(self).__name__, name))
        if not hasattr(type(self), name):
            raise unknown(name)
        with at_home():
            put = lambda: object.__setattr__(self, name, bare(value))  # noqa: E731
            _guarded(put, f"{type(self).__name__}.{name}=")

    def __call__(self, *arguments: Any) -> Any:
        TRIPS.append(("call", type(self).__name__, "Item"))
        with at_home():
            item = object.__getattribute__(self, "item")
            return _guarded(lambda: item(*map(bare, arguments)), f"{type(self).__name__}()")

    def __iter__(self) -> Iterator[Any]:
        TRIPS.append(("call", type(self).__name__, "_NewEnum"))
        with at_home():
            listed = list(object.__getattribute__(self, "members")())
        for member in listed:
            TRIPS.append(("call", type(self).__name__, "Next"))
            yield member


def _call(method: types.MethodType, kind: str, name: str) -> Any:
    def call(_: object, *arguments: Any, **named: Any) -> Any:
        TRIPS.append(("call", kind, name))
        with at_home():
            named_arguments = {key: bare(value) for key, value in named.items()}
            return _guarded(
                lambda: method(*map(bare, arguments), **named_arguments), f"{kind}.{name}()"
            )

    return call


def _guarded(work: Any, where: str) -> Any:
    try:
        return work()
    except AttributeError as error:
        raise RuntimeError(f"the stand-in for Excel is wrong in {where}: {error}") from error


@contextmanager
def round_trips() -> Iterator[list[tuple[str, str, str]]]:
    """The round trips made while this is open, in the list that is given."""
    start = len(TRIPS)
    made: list[tuple[str, str, str]] = []
    yield made
    made += TRIPS[start:]


class _Anything:
    """ctypes.windll and the like: any member, any call."""

    def __getattr__(self, name: str) -> Any:
        return _Anything()

    def __call__(self, *_: Any) -> int:
        return 0

    def __setattr__(self, name: str, value: Any) -> None:
        pass


def _module(name: str, **members: Any) -> types.ModuleType:
    made = sys.modules.get(name)
    if made is None:
        made = sys.modules[name] = types.ModuleType(name)
        made.__spec__ = ModuleSpec(name, None)  # who looks for the module finds it
    made.__dict__.update(members)
    return made


class _Utc(dt.tzinfo):
    def utcoffset(self, _: Any) -> dt.timedelta:
        return dt.timedelta(0)

    dst = utcoffset

    def tzname(self, _: Any) -> str:
        return "UTC"


def message_box(_: int, text: str, title: str, style: int) -> int:
    BOXES.append((text, title, style))
    return BUTTONS.pop(0) if BUTTONS else 1


def install() -> types.ModuleType:
    """Put the modules in place; xlwings' Windows engine, imported over them."""
    zone = type("TimeZoneInfo", (), {"utc": staticmethod(_Utc)})
    error = type("error", (Exception,), {})
    _module("pywintypes", com_error=ComError, error=error, TimeType=TimeType, IID=lambda s: s)
    _module("win32api", MessageBox=message_box, GetCurrentThreadId=lambda: 0)
    _module("win32con", MB_OK=0, MB_OKCANCEL=1, MB_YESNOCANCEL=3, MB_YESNO=4)
    _module("win32con", MB_ICONINFORMATION=0x40, MB_ICONWARNING=0x30, MB_ICONERROR=0x10)
    for name in ("win32gui", "win32event"):
        _module(name)
    _module("win32process", GetWindowThreadProcessId=lambda hwnd: (0, hwnd))
    _module("win32timezone", TimeZoneInfo=zone)
    _module("pythoncom", com_error=ComError, ole_error=ComError, CoInitialize=lambda: None)
    _module("pythoncom", IID_IDispatch="IDispatch", IID_IEnumVARIANT="IEnum", __file__="x")
    _module("pythoncom", TypeIIDs={"IDispatch": object}, Empty=None, Missing=None)
    _module("pythoncom", DISPATCH_PROPERTYGET=2, DISPATCH_PROPERTYPUT=4)
    others = ("CoClassBaseClass", "DispatchBaseClass")
    bases = {name: type(name, (), {}) for name in others}
    client = _module("win32com.client", CDispatch=CDispatch, **bases)
    _module("win32com.client", Dispatch=lambda x, *_, **__: x, DispatchEx=None)
    util = _module("win32com.server.util", wrap=lambda o, _=None: o, unwrap=lambda v: v)
    parts = {name: _module(f"win32com.server.{name}") for name in ("policy", "dispatcher")}
    server = _module("win32com.server", util=util, **parts)
    _module("win32com", client=client, server=server, __path__=[])
    was = ctypes.PyDLL
    ctypes.windll = ctypes.oledll = _Anything()  # type: ignore[attr-defined]
    ctypes.PyDLL = lambda *_: _Anything()  # type: ignore[assignment, misc]
    try:
        return importlib.import_module("xlwings._xlwindows")
    finally:
        ctypes.PyDLL = was  # type: ignore[misc]
