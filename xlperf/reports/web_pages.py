"""What the web pages of reports share: templates with all escaped, the policy of a script."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from xlperf.wording import say

# for HTML
FORBIDDEN_IN_HTML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@cache
def environment() -> Environment:
    """The templates of this package; in them `say` gives words, a name without value fails."""
    templates = Environment(
        loader=PackageLoader("xlperf", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=fitting,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals["say"] = say
    return templates


def fitting(value: Any) -> Any:
    """Characters that a page must not have are shown as missing."""
    return FORBIDDEN_IN_HTML.sub("\ufffd", value) if type(value) is str else value


def script_policy(script: str) -> str:
    """What a page's Content-Security-Policy says of the one script that it may run."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()
