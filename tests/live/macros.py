"""The add-in in the stand-in for Excel: LibreOffice runs its VBA over the stand-in's objects."""

from __future__ import annotations

import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.live import model, pywin32
from tests.office import Office

ENGINE = Path(__file__).with_name("vba.py")
WHERE = {"xlperf.xlam!XlperfAsk": "XlperfAsking.XlperfAnswers"}  # macros that get the book


@dataclass
class Macros:
    """What `Application.Run` calls."""

    office: Office
    addin: Path
    objects: list[Any] = field(default_factory=list)
    starts: int = -1  # of the LibreOffice in which the add-in is open

    def run(self, app: model.Application, macro: str, name: str, tape: list[Any]) -> Any:
        """The answer of a macro that is asked about an open book."""
        if macro not in WHERE:
            raise pywin32.refused(f"无法运行“{macro}”宏。")
        if self.starts != self.office.starts:
            assert self.office.ask(ENGINE, {"path": str(self.addin)})
            self.starts = self.office.starts
        self.objects[:] = [model.Workbooks(app).item(name)]
        question = {"macro": WHERE[macro], "object": 0, "given": [list(tape)]}
        self.office.back = self.back
        try:
            return tuple(map(_as_excel, self.office.ask(ENGINE, question)))
        finally:
            self.office.back = None

    def back(self, question: dict[str, Any]) -> dict[str, Any]:
        """What one of the stand-in's objects says to VBA."""
        target, member = self.objects[question["object"]], question["member"]
        try:
            return self._reply(self._done(target, question["kind"], member, question["given"]))
        except pywin32.ComError as error:
            return {"error": error.excepinfo[2] if error.excepinfo else str(error)}

    def _done(self, target: Any, kind: str, member: str, arguments: list[Any]) -> Any:
        if member == "Item":
            return target.item(*arguments)
        if kind == "put":
            return setattr(target, member, *arguments)
        value = getattr(target, member)
        if isinstance(value, types.MethodType):
            return value(*arguments)
        return value.item(*arguments) if arguments else value

    def _reply(self, value: Any) -> dict[str, Any]:
        if isinstance(value, pywin32.CDispatch):
            self.objects.append(value)
            return {"object": len(self.objects) - 1}
        return {"rows": value} if isinstance(value, tuple) else {"value": value}


def _as_excel(value: Any) -> Any:
    """LibreOffice gives whole numbers back as such; Excel has none but for errors."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if whole and value not in model.ERRORS.values() else value
