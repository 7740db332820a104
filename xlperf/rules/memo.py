"""What is worked out of a part of a record once, and kept with the view of that part.

Rules in a row ask the same of a project or a department; when its view goes, so does what was kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - an attribute's decorator, as property
    """An attribute that is worked out when it is first read: `cached_property` without its lock."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        self.function, self.__doc__ = function, function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> T:
        value = instance.__dict__[self.name] = self.function(instance)
        return value


class View(Protocol):
    """A part of a record that keeps what was worked out of it."""

    @property
    def memo(self) -> dict[str, Any]:
        """The results of functions by the function's name."""


V = TypeVar("V", bound=View)


def once(function: Callable[[V], T]) -> Callable[[V], T]:
    """A function of a view, called once for each view: the result is kept in the view's memo."""

    name = f"{function.__module__}.{function.__qualname__}"  # a view with a memo can be pickled

    @wraps(function)
    def remembered(view: V) -> T:
        memo = view.memo
        try:
            result: T = memo[name]
        except KeyError:
            result = memo[name] = function(view)
        return result

    return remembered
