"""Which profile and rules apply: precedence, a project's own numbers, files that say nonsense."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rules.casefiles import base
from xlperf import wording
from xlperf.errors import UserError
from xlperf.jobs.validation import settings
from xlperf.reading import Reading
from xlperf.rules import catalogue
from xlperf.rules.core import ERROR, INFO, run, with_severities
from xlperf.rules.profiles import (
    DEFAULT,
    RULE_SEVERITIES,
    SWITCHED_OFF,
    Profile,
    fits,
    names,
    profile,
)
from xlperf.wording import say

Say = Callable[[str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder below the working folder, with nothing said in it."""
    below = tmp_path / "work" / "docs"
    below.mkdir(parents=True)
    return below


@pytest.fixture
def file(folder: Path) -> Path:
    path = folder / "department.json"
    path.write_text("{}", encoding="utf-8")
    return path


@pytest.fixture
def beside(folder: Path) -> Say:
    """Write the settings file beside the document."""

    def write(text: str) -> Path:
        path = folder / settings.SETTINGS_FILE
        path.write_text(text, encoding="utf-8")
        return path

    return write


# Precedence.


def test_nothing_said_is_the_default(file: Path, folder: Path) -> None:
    options = settings.load(file, None, folder)
    assert options.profile == profile(DEFAULT)
    assert (options.select, options.ignore, options.source) == ((), (), "")
    assert [rule.code for rule in options.rules()] == list(catalogue())


def test_the_command_line_goes_before_the_file_and_the_file_before_the_workbook(
    file: Path, folder: Path, beside: Say
) -> None:
    assert settings.load(file, None, folder, stated_profile="hebei").profile.name == "hebei"
    beside('profile = "central"')
    assert settings.load(file, None, folder, stated_profile="hebei").profile.name == "central"
    assert settings.load(file, "default", folder, stated_profile="hebei").profile.name == "default"


def test_a_settings_file_without_a_profile_leaves_the_workbook_its_say(
    file: Path, folder: Path, beside: Say
) -> None:
    beside('ignore = ["VAL4"]')
    options = settings.load(file, None, folder, stated_profile="hebei")
    assert (options.profile.name, options.ignore) == ("hebei", ("VAL4",))


def test_the_file_beside_the_document_goes_before_the_working_folders(
    file: Path, folder: Path, beside: Say, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "deep"
    elsewhere.mkdir(parents=True)
    (elsewhere.parent / settings.SETTINGS_FILE).write_text('profile = "central"', encoding="utf-8")
    assert settings.load(file, None, elsewhere).profile.name == "central"
    mine = beside('profile = "hebei"')
    options = settings.load(file, None, elsewhere)
    assert (options.profile.name, options.source) == ("hebei", str(mine))


def test_a_file_in_the_documents_upper_folders_counts_only_from_the_working_folder(
    file: Path, tmp_path: Path
) -> None:
    (tmp_path / "work" / settings.SETTINGS_FILE).write_text('profile = "hebei"', encoding="utf-8")
    away = tmp_path / "away"
    away.mkdir()
    assert settings.load(file, None, away).source == ""
    assert settings.load(file, None, file.parent).profile.name == "hebei"


def test_what_the_command_line_selects_takes_the_place_of_the_files(
    file: Path, folder: Path, beside: Say
) -> None:
    beside('select = ["AMT"]\nignore = ["AMT201"]')
    codes = [rule.code for rule in settings.load(file, None, folder).rules()]
    assert "AMT202" in codes
    assert all(code.startswith("AMT") and code != "AMT201" for code in codes)
    wished = settings.load(file, None, folder, select=["PLN301"], ignore=["STR"])
    assert [rule.code for rule in wished.rules()] == ["PLN301"]


# A project's own numbers and severities.


def with_october(share: int) -> Reading:
    record = base()
    for project in record["projects"]:
        project["spending_plan"]["10"] = share
    return Reading(record)


def october(options: settings.Settings, share: int) -> list[str]:
    findings = run(with_october(share), options.rules(), options.profile)
    return [finding.severity for finding in findings if finding.code == "PLN306"]


def test_a_threshold_of_ones_own_is_judged_by(file: Path, folder: Path, beside: Say) -> None:
    assert october(settings.load(file, None, folder), 81) == [INFO] * 3
    beside("[thresholds]\noctober_share = 80")
    options = settings.load(file, None, folder)
    assert october(options, 81) == []
    assert options.profile["payroll_tolerance"] == profile(DEFAULT)["payroll_tolerance"]


def test_a_rule_is_switched_off_or_made_worse(file: Path, folder: Path, beside: Say) -> None:
    beside('[severity]\nPLN306 = "error"')
    assert october(settings.load(file, None, folder), 70) == [ERROR] * 3
    beside('[severity]\npln306 = "off"')
    assert october(settings.load(file, None, folder), 70) == []


def test_the_longest_beginning_of_a_code_holds(file: Path, folder: Path, beside: Say) -> None:
    beside('[severity]\nPLN = "off"\nPLN306 = "warning"\nPLN3 = "error"')
    chosen = settings.load(file, None, folder).profile
    assert chosen.severity("PLN306", "info") == "warning"
    assert chosen.severity("PLN302", "info") == "error"
    assert chosen.severity("AMT202", "error") == "error"


def test_ones_own_numbers_go_before_those_of_the_profile_that_was_wished(
    file: Path, folder: Path, beside: Say
) -> None:
    beside('[thresholds]\noperators_expected = false\n[severity]\nVAL405 = "info"')
    chosen = settings.load(file, "central", folder).profile
    assert (chosen.name, chosen["operators_expected"]) == ("central", False)
    assert chosen.severity("VAL405", "warning") == "info"
    assert profile("central")["operators_expected"] is True


def test_a_file_saved_by_a_windows_editor_is_read(file: Path, folder: Path) -> None:
    path = folder / settings.SETTINGS_FILE
    path.write_bytes('\ufeffprofile = "hebei"\r\n# 说明\r\n'.encode())
    assert settings.load(file, None, folder).profile.name == "hebei"


# Files that say nonsense.


@pytest.mark.parametrize(
    "nonsense",
    [
        ('profil = "hebei"', "settings_key", "profil"),
        ("[threshold]\noctober_share = 80", "settings_key", "threshold"),
        ("[thresholds]\noctober = 80", "settings_key", "thresholds.october"),
        ('profile = "henan"', "settings_profile", "henan"),
        ('profile = ""', "settings_profile", "profile"),
        ("profile = 3", "settings_type", "profile"),
        ("thresholds = 80", "settings_type", "thresholds"),
        ('[thresholds]\noctober_share = "80%"', "settings_type", "thresholds.october_share"),
        ("[thresholds]\noctober_share = -1", "settings_type", "thresholds.october_share"),
        ("[thresholds]\noctober_share = nan", "settings_type", "thresholds.october_share"),
        ("[thresholds]\noctober_share = inf", "settings_type", "thresholds.october_share"),
        ("[thresholds]\noctober_share = true", "settings_type", "thresholds.october_share"),
        ("[thresholds]\nidentical_plans = 2.5", "settings_type", "thresholds.identical_plans"),
        ("[thresholds]\nidentical_plans = true", "settings_type", "thresholds.identical_plans"),
        ("[thresholds]\noperators_expected = 1", "settings_type", "thresholds.operators_expected"),
        ("[thresholds]\nsatisfaction_range = 90", "settings_type", "satisfaction_range"),
        ("[thresholds]\nsatisfaction_range = [90]", "settings_type", "satisfaction_range"),
        ("[thresholds]\nsatisfaction_range = [99, 80]", "settings_type", "satisfaction_range"),
        ('[thresholds]\nsatisfaction_range = [80, "99"]', "settings_type", "satisfaction_range"),
        ('severity = "off"', "settings_type", "severity"),
        ('[severity]\nPLN306 = "none"', "settings_type", "severity.PLN306"),
        ("[severity]\nPLN306 = false", "settings_type", "severity.PLN306"),
        ('[severity]\nPLN999 = "off"', "settings_code", "PLN999"),
        ('ignore = "VAL4"', "settings_type", "ignore"),
        ("ignore = [4]", "settings_type", "ignore"),
        ('ignore = ["XYZ"]', "settings_code", "XYZ"),
        ('select = [""]', "settings_code", "select"),
        ('profile = "hebei"\nselect = [', "settings_broken", "2"),
        ('profile = "hebei"\nprofile = "central"\n\n', "settings_broken", "2"),
        ("profile: hebei", "settings_broken", "1"),
    ],
)
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_nonsense_is_refused_with_the_file_and_the_key(
    file: Path, beside: Say, nonsense: tuple[str, str, str], language: str
) -> None:
    text, key, reason = nonsense
    path = beside(text)
    with pytest.raises(UserError) as refusal, wording.speaking(language):
        settings.load(file, None, file.parent)
    with wording.speaking(language):
        sentence = say(f"error.{refusal.value.key}", **refusal.value.facts)
    assert refusal.value.key == key
    assert str(path) in sentence
    assert reason in sentence
    assert "\n" not in sentence


def test_a_settings_file_in_another_encoding_is_refused(file: Path, folder: Path) -> None:
    (folder / settings.SETTINGS_FILE).write_bytes("# 口径\nprofile = 'hebei'".encode("gb18030"))
    with pytest.raises(UserError) as refusal:
        settings.load(file, None, folder)
    assert refusal.value.key == "settings_encoding"


def test_a_workbook_that_names_an_unknown_profile_is_refused_by_its_own_name(
    file: Path, folder: Path
) -> None:
    with pytest.raises(UserError) as refusal:
        settings.load(file, None, folder, stated_profile="henan")
    assert refusal.value.facts["file"] == file


def test_an_unknown_profile_on_the_command_line_is_refused(file: Path, folder: Path) -> None:
    with pytest.raises(UserError) as refusal:
        settings.load(file, "henan", folder)
    assert refusal.value.key == "no_profile"


def test_a_bad_file_is_refused_even_where_the_command_line_says_all(
    file: Path, folder: Path, beside: Say
) -> None:
    beside("what is this")
    with pytest.raises(UserError):
        settings.load(file, "central", folder, select=["AMT"])


# Profiles as data.


@pytest.mark.parametrize("name", names())
def test_a_profile_says_its_source_and_only_what_can_be_said(name: str) -> None:
    rule_profile = profile(name)
    assert rule_profile.source
    assert {key for key in rule_profile.values if not fits(key, rule_profile[key])} == set()
    assert set(rule_profile.severities.values()) <= set(RULE_SEVERITIES)
    assert [
        c for c in rule_profile.severities if not any(k.startswith(c) for k in catalogue())
    ] == []


def test_the_three_profiles_differ() -> None:
    assert {"default", "hebei", "central"} <= set(names())
    assert profile("central")["operators_expected"] > profile("hebei")["operators_expected"]
    assert profile("hebei")["goals_per_project"] > profile("central")["goals_per_project"]
    assert profile("central").severity("VAL405", "warning") == "error"


def test_a_profile_with_numbers_of_ones_own_leaves_the_original_alone() -> None:
    before = copy.deepcopy(profile("hebei"))
    other = profile("hebei").but({"october_share": 1}, {"STR": "off"})
    assert (other["october_share"], other.severity("STR001", "error")) == (1, SWITCHED_OFF)
    assert profile("hebei") == before


def test_rules_that_are_off_are_not_run() -> None:
    rules = list(catalogue().values())
    silent = Profile("x", "", profile(DEFAULT).values, {"": SWITCHED_OFF})
    assert with_severities(rules, silent) == []
    assert run(Reading({}), rules, silent) == []
    assert run(Reading({}), rules) != []


def test_a_severity_that_is_not_said_is_the_rules_own() -> None:
    rules = list(catalogue().values())
    assert with_severities(rules, profile(DEFAULT)) == rules
