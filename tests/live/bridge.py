"""A line to LibreOffice for the stand-in for Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.office import Office

ENGINE = Path(__file__).with_name("calc.py")


class CalcError(Exception):
    """What LibreOffice would not do."""


class Bridge:
    """`bridge.do("values", doc=1, ...)`."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def do(self, step: str, /, **facts: Any) -> Any:
        try:
            return self.office.ask(ENGINE, {"do": step, **facts})
        except AssertionError as error:
            raise CalcError(str(error)) from None
