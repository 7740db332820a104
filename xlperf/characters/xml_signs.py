"""Signs that a part of an office file, which is XML, cannot hold in any way of writing them."""

from __future__ import annotations

import re

FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
