"""How description and target of an indicator are joined in running text.

name：description，target-word≥90%

The comma before the word for the target is the form's own. Another sign that stands there is the
writer's: it is kept at the end of the description, and none of the form's is printed after it.
"""

from __future__ import annotations

import re

TARGET_COMMA = "，"
COMMAS = ",;；"  # set a target off as the comma does
STOPS_BEFORE_TARGET = "。、."  # do so only before what can be nothing but a target
TARGET_SIGNS = "≥≤＞＜><=＝≧≦≠"
STARTS_TARGET = rf"[\d{TARGET_SIGNS}]"


def ends_joined(description: str, target: str) -> bool:
    """Whether a description ends with a sign of its own that sets the target off."""
    rest, sign = description[:-1], description[-1:]
    if not rest.strip() or not sign:
        return False
    return sign in COMMAS or (sign in STOPS_BEFORE_TARGET and bool(re.match(STARTS_TARGET, target)))
