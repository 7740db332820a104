"""One form of another place's layout in the making: what its labels say, kept when it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from xlperf.documents.blocks.source import Piece
from xlperf.documents.layouts.titles import (
    bare,
    entry,
    is_label,
    label_meaning,
    period_words,
    words_of,
)
from xlperf.documents.parse.draft import Draft
from xlperf.documents.parse.project_forms.goals import split_goals
from xlperf.documents.parse.project_forms.units import read_unit
from xlperf.documents.words import plain
from xlperf.paths import RecordPath, get
from xlperf.record import amount

GOALS_KIND, MONITORING_KIND, SELF_EVALUATION = "goals", "monitoring", "self-evaluation"
NAME_AFTER_CODE = re.compile(
    r"[\[【(（]?(?P<code>\d{8}[0-9A-Za-z]{10,13})(?:[\])）】]|\s*[-—_－])\s*(?P<name>.+)", re.DOTALL
)
CODE_PATTERN = re.compile(r"[0-9A-Za-z-]{6,30}")
CODE_AND_NAME = re.compile(
    r"[\[【(（]?(?P<code>\d{3,6})[\])）】]?\s*(?:[-—_－]\s*)?(?P<name>[^\W\d]\D*)"
)
CODE_PATH: RecordPath = ("department", "code")
DAY, TILL_DAY = entry("patterns", "day"), entry("patterns", "till")
LONGEST_DAY, LONGEST_SPAN = 20, 60  # signs
GOAL_LABEL = re.compile(entry("patterns", "goal_label"))
DOTS = re.compile(entry("patterns", "dots"))
SPAN = re.compile(rf"(?P<start>{DAY})\s*{TILL_DAY}\s*(?P<end>{DAY})")


@dataclass
class FormDraft:
    """A project's form, or a whole department's (`whole`), as far as it has been read.

    `kind`: goals, monitoring or self-evaluation, "" until it is known. `month`: the last month it
    reports of, 0 for none; `last_day`: the last day as YYYY-MM-DD where its title says one.
    `indicators`: how many were read.
    """

    draft: Draft
    kind: str = ""
    whole: bool = False
    month: int = 0
    last_day: str = ""
    path: RecordPath = ()
    indicators: int = 0
    unit: Piece | None = None  # as it is printed
    has_annual_goals: bool = False  # goals whose label says that they are of the year
    until: Piece | None = None  # the last day that is monitored, as it is stated
    titles: list[Piece] = field(default_factory=list)

    def project(self, piece: Piece) -> RecordPath:
        """The project's path in the record, where it is added with the first piece read of it."""
        if not self.path:
            self.path = self.draft.add(("projects",), piece)
        return self.path

    def value(self, key: str) -> object:
        """The value that was read for a key of the project; None if there is none yet."""
        return get(self.draft.record, (*self.path, key)) if self.path else None

    def says(self, key: str) -> bool:
        """Whether the form says a value for a key of the project itself; a unit in either way."""
        keys = ("unit", "unit_name") if key == "unit" else (key,)
        return any(self.value(item) is not None for item in keys)

    def reports(self, keys: set[str]) -> None:
        """Know the stage that the form is of by the columns that report: their keys."""
        heads = {key.split("/")[0] for key in keys}
        if heads and self.kind in ("", GOALS_KIND):
            later = heads & {"expected", "possibility", "causes"}
            self.kind = MONITORING_KIND if later else SELF_EVALUATION

    def goes_on_with(self, before: FormDraft) -> None:
        """Be of the same kind and time as the form before it, under the same title."""
        self.kind, self.titles = before.kind, before.titles
        self.month, self.last_day = before.month, before.last_day

    @property
    def has_name(self) -> bool:
        """Whether the project's name is known."""
        return self.value("name") is not None

    def keep(self, section: str, key: str, piece: Piece) -> bool:
        """Keep the value of a label, once; `section` and `key` are the label's in `labels.toml`.

        False if the value does not fit its kind, or one was kept before.
        """
        keepers = {
            "text": self._text,
            "unit": self._unit,
            "code": self._code,
            "year": self._year,
            "span": self._span,
            "department": self._department,
            "later": self._later,
        }
        if self.whole and section not in ("year", "department", "later"):
            return False
        if seal := re.match(entry("signs", "seal"), piece.text):
            self.draft.furniture(piece.cut(0, seal.end()))
            piece = piece.cut(seal.end())
        return section in keepers and keepers[section](key, piece)

    def _text(self, key: str, piece: Piece) -> bool:
        is_day = key in ("start", "end") and re.fullmatch(DAY, piece.text)
        if (amount(piece.text) is not None and not is_day) or is_label(piece.text):
            return False
        if self.value(key) is not None:
            return False
        path, coded = self.project(piece), NAME_AFTER_CODE.fullmatch(piece.text)
        if key == "name" and coded and self.value("code") is None:
            code, name = (piece.cut(*coded.span(group)) for group in ("code", "name"))
            self.draft.keep((*path, "code"), code)
            self.draft.keep((*path, "name"), name)
            self.draft.furniture_around(piece, [code, name])
            return True
        self.draft.keep((*path, key), piece)
        return True

    def _unit(self, key: str, piece: Piece) -> bool:
        if amount(piece.text) is not None or is_label(piece.text):
            return False
        self.unit = piece
        return read_unit(self.draft, self.project(piece), piece, coded=False)

    def _code(self, key: str, piece: Piece) -> bool:
        code = "".join(piece.text.split())  # some print it in groups
        if not CODE_PATTERN.fullmatch(code) or self.value(key) is not None:
            return False
        self.draft.keep((*self.project(piece), key), piece, code)
        return True

    def _year(self, key: str, piece: Piece) -> bool:
        match = re.fullmatch(entry("patterns", "year"), " ".join(piece.text.split()))
        return match is not None and state_year(self.draft, piece, int(match[1]))

    def _span(self, key: str, piece: Piece) -> bool:
        match = SPAN.fullmatch(piece.text) if len(piece.text) <= LONGEST_SPAN else None
        if not match or self.value("start") is not None:
            return False
        path = self.project(piece)
        ends = [piece.cut(*match.span(item)) for item in ("start", "end")]
        for name, end in zip(("start", "end"), ends, strict=True):
            self.draft.keep((*path, name), end)
        self.draft.furniture_around(piece, ends)
        return True

    def _later(self, key: str, piece: Piece) -> bool:
        if key != "until" or self.until is not None or len(piece.text) > LONGEST_DAY:
            return False
        self.until = piece
        return True

    def _department(self, key: str, piece: Piece) -> bool:
        path: RecordPath = tuple(key.split("/"))
        if get(self.draft.record, path) == piece.text:
            self.draft.ledger.field(path, piece)  # stated once more
            return True
        if get(self.draft.record, path) is not None or is_label(piece.text):
            return False
        numbered = CODE_AND_NAME.fullmatch(piece.text)
        if numbered and key == "department/name" and not get(self.draft.record, CODE_PATH):
            code, name = (piece.cut(*numbered.span(group)) for group in ("code", "name"))
            self.draft.keep(CODE_PATH, code)
            self.draft.keep(path, name)
            self.draft.furniture_around(piece, [code, name])
            return True
        self.draft.keep_lines(path, [piece])
        return True

    def keep_goals(self, key: str, pieces: Iterable[Piece], title: str = "") -> bool:
        """Add goals to the project, without their printed numbers; false if it has some already.

        `title`: the label beside them. Goals in all that come before those of the year are of a
        longer time.
        """
        if self.whole:
            return self._department("overall_goal", next(iter(pieces)))
        pieces = list(pieces)
        if label := stated_goal(pieces[0]):
            self.draft.furniture(label)
            pieces[0] = pieces[0].cut(len(label.text))
            key = label_meaning("goals", bare(label.text).rstrip("0123456789")) or key
            title = label.text
        is_annual = any(word in bare(title) for word in period_words()["annual"])
        if key == "goals" and self.value(key) and is_annual and not self.has_annual_goals:
            self._goals_in_all()
        if self.value(key):
            return False
        self.has_annual_goals |= key == "goals" and is_annual
        for piece in pieces:
            above = (*self.project(piece), key)
            for goal in split_goals(piece):
                if goal.number:
                    self.draft.furniture(goal.number)
                if DOTS.fullmatch(plain(goal.piece.text)):
                    self.draft.furniture(goal.piece)
                    continue
                position = len(get(self.draft.record, above) or ())
                self.draft.keep_lines((*above, position), [goal.piece])
        return True

    def _goals_in_all(self) -> None:
        """Make the goals that were kept those of a longer time, unless there are such."""
        project, draft = get(self.draft.record, self.path), self.draft
        if "goals_mid_term" in project:
            return
        project["goals_mid_term"] = project.pop("goals")
        old, new = (*self.path, "goals"), (*self.path, "goals_mid_term")
        moved = {path: (*new, *path[len(old) :]) for path in draft.where if path[: len(old)] == old}
        draft.where = {moved.get(path, path): place for path, place in draft.where.items()}
        draft.ledger.rename(old, new)

    def end(self) -> None:
        """Claim what the form's titles repeat of the project's name: it says nothing new."""
        name = str(self.value("name") or "")
        for title in self.titles:
            at = title.text.find(name) if name else -1
            if at >= 0:
                for part in self.draft.ledger.free_parts(title.cut(at, at + len(name))):
                    self.draft.furniture(part)


def stated_goal(piece: Piece) -> Piece | None:
    """The label that a goal begins with, as in "long-term goal 1:"; None where it has none."""
    match = GOAL_LABEL.match(piece.text)
    label = match and label_meaning("goals", bare(match["label"]))
    return piece.cut(0, match.end()) if match and label in ("goals", "goals_mid_term") else None


def state_year(draft: Draft, piece: Piece, year: int) -> bool:
    """Keep the budget year. The same year again is claimed too; another is left over: false."""
    recorded_year = draft.record.get("fiscal_year")
    if recorded_year is None:
        draft.keep(("fiscal_year",), piece, year)
    elif recorded_year == year:
        draft.ledger.field(("fiscal_year",), piece)
    return recorded_year in (None, year)


def is_hint(text: str) -> bool:
    """Whether a text is a form's hint what to write there, and no value."""
    return re.search(entry("signs", "hint"), plain(text)) is not None


def is_empty(text: str) -> bool:
    """Whether a text only shows that there is nothing."""
    return plain(text) in words_of("signs", "empty")
