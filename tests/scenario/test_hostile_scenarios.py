"""No scenario file brings a process down or takes long, and what YAML's readers read differently is refused with its line."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
import yaml
from conftest import PILOT, ROOT, SHIPPED
from forked import Forked
from hypothesis import assume, given
from scale import Scale
from spoilt_files import ODD, TAKEN, spoilt

from budget_model import Change, ScenarioError, changed, load_scenario, project
from budget_model.__main__ import main
from budget_model.commands.shared import BAD_INPUT
from budget_model.editing.items import rename
from budget_model.errors import Problem
from budget_model.scenario import evidence
from budget_model.scenario.assumption import NumberAssumption
from budget_model.scenario.signs import unusable_sign
from budget_model.scenario.text import scenario_text
from budget_model.scenario.yaml_scalars import meant
from budget_model.scenario.yaml_text import MOST_BYTES, MOST_PROBLEMS

SECONDS, MEBIBYTES = 2, 500
HEAD = "form: 2\nname: Test\nfirst_month: 2018-07\nmonths: 24\n"
SITES = "sites:\n  - {name: A, go_live: 2018-07, slots: 40, social_contact_referrals: 5, eligible_people: 400}\n"
GOOD = HEAD + SITES
# Files of up to a million bytes that once ended the process, took more than it had, or took long; with a part of what is said.
LARGE: dict[str, tuple[Callable[[], str], str]] = {
    "brackets": (lambda: "[" * 990_000, "line 1: expected at most 20 values within each other"),
    "brackets and braces": (lambda: "[{a: " * 190_000, "expected at most 20 values within each other"),
    "500 brackets": (lambda: f"{HEAD}sites: {'[' * 500}", "line 5: expected at most 20 values within each other"),
    "nested keys": (lambda: "".join(f"{' ' * n}a:\n" for n in range(1_300)), "line 22: expected at most 20"),
    "dashes": (lambda: "- " * 490_000, "expected at most 20 values within each other"),
    "question marks": (lambda: "? " * 490_000, "expected a key of one line"),
    "keys": (lambda: "".join(f"k{n}: 1\n" for n in range(80_000)), "line 2001: expected at most 2,000 keys beside each other"),
    "one key again and again": (lambda: "a: 1\n" * 150_000, "line 2: the key 'a' stands twice"),
    "tags": (lambda: "".join(f"%TAG !a{n}! tag:x,1:\n" for n in range(30_000)) + "---\na: 1\n", "line 1: tags (%TAG) are not allowed"),
    "short values": (lambda: f"a: [{'b,' * 490_000}]", "expected at most 100,000 values in a file"),
    "documents": (lambda: "---\n" * 240_000, "a second scenario begins here"),
    "one text": (lambda: f'a: "{"x" * 990_000}"', "expected a text of at most 30,000 letters"),
    "one number": (lambda: f"{HEAD}a: {'1' * 25_000}\n", "line 5: a is 1111"),
    "one key": (lambda: f"{'x' * 990_000}: 1", "letters"),
    "unknown keys": (lambda: HEAD + "".join(f"first_mont{n}: 1\n" for n in range(1_900)), "Did you mean 'first_month'?"),
    "items with unknown keys": (lambda: f"{HEAD}sites:\n" + f"  - {{{', '.join(f'k{n}: 1' for n in range(1_900))}}}\n" * 45, "k0"),
    "items that are none": (lambda: f"{HEAD}sites:\n" + "  - 7\n" * 90_000, "line 6: sites[1] is 7"),
    "unknown evidence": (lambda: f"{HEAD}sites:\n" + "  - {evidence: x}\n" * 45_000, "line 7: sites[2].evidence is 'x'"),
    "numbers read in two ways": (lambda: f"{HEAD}a: [{'012,' * 99_000}]", "line 5: a[1] is 012"),
    "long names": (lambda: f"{HEAD}sites:\n" + f"  - {{name: '{'][' * 14_000}', slots: -1}}\n" * 30, "expected at most 60 letters"),
    "long base": (lambda: f"extends: {'x' * 5_000}\n", "line 1: extends is 'xxx"),
}  # fmt: skip
# What YAML can say and nobody should, or what is no month or number; with what is said to whoever wrote it.
UNCLEAR = {
    "months: 012": "line 3: months is 012; expected a number without zeros before it, which some programs count in eights, such as 12; in",
    "months: 1:30": "months is 1:30; expected a number without a colon, which some programs count in sixties; in quotes it is a text",
    "months: -00.50": "months is -00.50; expected a number without zeros before it, which some programs count in eights, such as -0.50; in",
    "months: .inf": "months is .inf; expected a number that can be calculated with;",
    "months: 1e400": "months is 1e400; expected a number that can be calculated with; this one is too large or too small",
    "months: 1e-400": "months is 1e-400; expected a number that can be calculated with; this one is too large or too small",
    f"months: {'9' * 41}": "expected a number of at most 40 signs",
    "months: yes": "months is True; expected a whole number",
    "months: !!int '24'": "line 3: tags (!!int) are not allowed; write the value without it",
    "months: !!bool maybe": "line 3: tags (!!bool) are not allowed",
    "months: !!python/name:os.system x": "are not allowed",
    "months: &n 24\nphase: *n": "line 4: aliases (*name) are not allowed; write the value out",
    "<<: {months: 24}": "line 3: merge keys (<<) are not allowed; write the lines out, or use 'extends'",
    "? [months]\n: 24": "line 3: expected a key of one line, such as 'name:'",
    "? {a: 1}\n: 24": "line 3: expected a key of one line, such as 'name:'",
    "months: 24\n---\nmonths: 36": "line 4: a second scenario begins here, after ---; a file holds one",
    "months: 24\nmonths: 36": "line 4: the key 'months' stands twice",
    "months: 24\nfirst_month: 2018-07-19": "the key 'first_month' stands twice",
    'months: 24\ndescription: "a\\0b"': "line 4: a sign that cannot be shown stands here (U+0000); delete it, and type the line anew",
    "months: 24\ndescription: a\x07b": "line 4: a sign that cannot be shown stands here (U+0007)",
    "months: 24\ndescription: a\u202eb": "line 4: a sign that cannot be shown stands here (U+202E)",
    'months: 24\ndescription: "a\\u202eb"': "line 4: a sign that cannot be shown stands here (U+202E)",
    'months: 24\nphase: "Adopted"\n"na\\nme": b': "line 5: expected a key of one line",
    "months: 24\nextends: ''": "line 4: extends is ''; expected the name of a file in the same folder",
    "months: 24\nextends: ..": "line 4: extends is '..'; expected the name of a file in the same folder",
    "months: 24\nphase: [": "line 6: this is not valid YAML in column 3: did not find expected node content",
}
MONTHS = {
    "2018-07-19": "expected a month without a day, 2018-07",
    "1899-12": "expected a month from 1900-01 to 2199-12",
    "2200-01": "expected a month from 1900-01 to 2199-12",
    "9999-12": "expected a month from 1900-01 to 2199-12",
    "0000-01": "expected a month from 1900-01 to 2199-12",
    "2018-13": "expected a month written YYYY-MM, such as 2019-07",
    "2018-02-30": "expected a month without a day, 2018-02",
    "2018-07-01 10:00:00": "expected a month written YYYY-MM, such as 2019-07",
    "201807": "expected a month written YYYY-MM, such as 2019-07",
}


@pytest.fixture(scope="module")
def read() -> Iterator[Forked]:
    """Read and project a file in a process of its own."""
    forked = Forked("scenario.spoilt_files", "read_and_projected")
    yield forked
    forked.close()


def written(folder: Path, text: str | bytes, name: str = "test.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    return refused.value.problems


@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_is_refused_at_once_in_words(name: str, tmp_path: Path, read: Forked) -> None:
    build, message = LARGE[name]
    path = written(tmp_path, build())
    assert path.stat().st_size <= MOST_BYTES
    answer, seconds, mebibytes = read(path)
    print(f"\n{name:26} {path.stat().st_size:>9,} bytes {seconds:6.2f} s {mebibytes:4.0f} MiB  {answer[:120]}")  # with pytest -s
    assert message in answer and answer.startswith(str(path)) and "Traceback" not in answer
    assert len(answer) < 20_000
    assert seconds < SECONDS and mebibytes < MEBIBYTES


def test_spoilt_files_are_read_or_refused_with_their_lines(
    scale: Scale, tmp_path: Path, read: Forked, record_property: Callable[[str, object], None]
) -> None:
    for path in SHIPPED:
        shutil.copy(path, tmp_path)
    texts = [path.read_text() for path in [*SHIPPED, ROOT / "templates" / "scenario.yaml"]]
    taken = 0
    for number, content in enumerate(spoilt(texts, scale.mutants, scale.seed)):
        path = written(tmp_path, content)
        answer, seconds, mebibytes = read(path)
        said = f"spoilt file {number} of seed {scale.seed}: {answer}, {seconds:.2f} s, {mebibytes:.0f} MiB"
        assert answer == TAKEN or answer.startswith(str(tmp_path)), said
        assert seconds < SECONDS and mebibytes < MEBIBYTES, said
        taken += answer == TAKEN
    assert taken < scale.mutants
    record_property("spoilt scenario files were refused in words with their lines, no traceback, no crash", scale.mutants - taken)
    record_property("spoilt scenario files were sound still, each with figures", taken)


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_can_be_misread_is_refused_with_its_line_and_remedy(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"name: Test\nfirst_month: 2018-07\n{text}\n{SITES}")
    found = [str(problem) for problem in problems_of(path)]
    assert any(UNCLEAR[text] in problem for problem in found), found
    assert all(problem.startswith(f"{path}, line ") for problem in found)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("key", ["first_month", "go_live"])
def test_a_month_is_a_month_of_1900_to_2199_and_has_no_day(month: str, key: str, tmp_path: Path) -> None:
    lines = {
        "first_month": GOOD.replace("first_month: 2018-07", f"first_month: {month}"),
        "go_live": GOOD.replace("go_live: 2018-07", f"go_live: {month}"),
    }
    found = [str(problem) for problem in problems_of(written(tmp_path, lines[key]))]
    assert any(f"{key} is '{month}'; {MONTHS[month]}" in problem or f"{key} is {month}; {MONTHS[month]}" in problem for problem in found), (
        found
    )


def test_in_a_file_of_the_first_form_a_day_stands_for_its_month_as_it_did(tmp_path: Path) -> None:
    old = GOOD.removeprefix("form: 2\n")
    dated = load_scenario(written(tmp_path, old.replace("2018-07", "2018-07-19")))
    assert dated == load_scenario(written(tmp_path, old)) and dated.first_month.isoformat() == "2018-07-01"
    assert "go_live is '2018-02-30'" in str(problems_of(written(tmp_path, old.replace("go_live: 2018-07", "go_live: 2018-02-30")))[0])


def test_the_first_day_of_a_month_is_the_month_as_in_earlier_files_and_the_last_month_lies_before_2200(tmp_path: Path) -> None:
    dated = load_scenario(written(tmp_path, GOOD.replace("2018-07", "2018-07-01")))
    assert dated == load_scenario(written(tmp_path, GOOD))
    late = GOOD.replace("2018-07", "2199-02")
    assert "months is 24; expected months up to 2199-12; these end with 2201-01" in str(problems_of(written(tmp_path, late))[0])
    early = load_scenario(written(tmp_path, GOOD.replace("2018-07", "1900-01")))
    assert project(early).years[0] == "FY 1899-00"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("1_000", 1_000), ("4_0", 40), ("0x1C", 28), ("-0b11", -3), ("0o17", 15), ("12_345_678.5", 12_345_678.5), ("1e3", 1_000.0), ("1.5e3", 1_500.0), (".5", 0.5), ("-0.25", -0.25), ("+5", 5),
        ("0", 0), ("0.10", 0.1), ("yes", True), ("Off", False), ("TRUE", True), ("~", None), ("", None), ("2019-07-01", "2019-07-01"), ("1,000", "1,000"),
        ("12:30 pm", "12:30 pm"), ("y", "y"), ("1.2.3", "1.2.3"), ("1e", "1e"), ("0x", "0x"), ("0b2", "0b2"), ("_", "_"), ("-", "-"), (".", "."),
    ],
)  # fmt: skip
def test_a_plain_word_has_one_meaning(text: str, value: object) -> None:
    assert meant(text) == value and type(meant(text)) is type(value)


def test_files_that_are_read_alike_by_yaml_are_read_so_here() -> None:
    """Shipped files use nothing that the rules leave out: PyYAML reads the same from them, but for dates."""
    for path in [*SHIPPED, ROOT / "templates" / "scenario.yaml"]:
        text = path.read_text()
        ours = evidence.parsed(text, str(path)).content
        assert ours == yaml.load(text, yaml.CSafeLoader), path.name


def test_each_problem_of_a_file_has_the_line_of_its_place(tmp_path: Path) -> None:
    lines = [
        "name: Test", "first_month: 2018-07", "months: 24", "phase: Adoptd", "sites:", "  - name: A", "    go_live: 2018-06", "    slots:",
        "      value: 40", "      low: 50", "    eligible_people: 400", "  - name: B", "    slots: 1", "    go_live: 2018-07", "    inactiv_share: 1",
        "provider_contracts:", "  - {name: C, site: X}",
    ]  # fmt: skip
    found = {(problem.place, problem.line) for problem in problems_of(written(tmp_path, "\n".join(lines)))}
    assert {("phase", 4), ("sites[A].slots", 8), ("sites[B].inactiv_share", 15), ("provider_contracts[C].first_month", 17)} <= found
    assert {line for place, line in found if place == "provider_contracts[C].site"} <= {17}


def test_a_problem_that_a_base_brings_has_its_line_in_the_base_and_an_override_its_own(tmp_path: Path) -> None:
    base = written(tmp_path, GOOD.replace("slots: 40", "slots: -1"), "base.yaml")
    over = written(tmp_path, "extends: base.yaml\n\nsites:\n  - name: A\n    slots: 50\n")
    (problem,) = problems_of(over)
    assert (problem.file, problem.line, problem.place) == (str(base), 6, "sites[A].slots")
    written(tmp_path, GOOD, "base.yaml")
    (problem,) = problems_of(written(tmp_path, "extends: base.yaml\n\nsites:\n  - name: A\n    slots: -50\n"))
    assert (problem.file, problem.line) == (str(over), 5)
    (problem,) = problems_of(written(tmp_path, "name: Late\nextends: base.yaml\nfirst_month: 2018-08\n"))
    assert (problem.place, problem.line) == ("sites[A].go_live", 1)  # what is only in the base: where the file begins
    assert "line 2: extends is 'bass.yaml'; there is no such file. Did you mean 'base.yaml'?" in str(
        problems_of(written(tmp_path, "name: Late\nextends: bass.yaml\n"))[0]
    )


def test_the_line_of_what_is_no_utf_8_is_said_and_no_more_than_fifty_problems(tmp_path: Path) -> None:
    (problem,) = problems_of(written(tmp_path, GOOD.encode() + b"description: \xff\n"))
    assert problem.line == 7 and "it is not UTF-8 text; save it as UTF-8" in problem.expected
    found = problems_of(written(tmp_path, GOOD + "".join(f"k{number}: 1\n" for number in range(200))))
    assert len(found) == MOST_PROBLEMS + 1 and found[-1].expected == "there may be more; correct these first"


def test_what_is_typed_on_the_screen_obeys_the_same_rule_for_signs(tmp_path: Path) -> None:
    """Else a scenario saved there could not be read back from the file that it is written to."""
    scenario = load_scenario(written(tmp_path, GOOD))
    for sign in "\x07\x0b\u2028\u202e":
        said = rf"a sign that cannot be shown stands here \(U\+{ord(sign):04X}\)"
        with pytest.raises(ScenarioError, match=said):
            changed(scenario, [Change("sites", "A", "description", f"a{sign}b")])
        with pytest.raises(ScenarioError, match=said):
            rename(scenario, f"a{sign}b")


def test_a_name_is_one_line(tmp_path: Path) -> None:
    for name in ('"A\\nB"', '"A\\tB"', "|\n  A\n  B"):
        (problem,) = problems_of(written(tmp_path, GOOD.replace("name: Test", f"name: {name}")))
        assert (problem.line, problem.expected) == (2, "expected a name of one line, without tabs")
    assert load_scenario(written(tmp_path, GOOD.replace("name: Test", "name: |\n  Test"))).name == "Test"


def test_the_lines_of_evidence_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(evidence, "FOLDER", tmp_path)
    path = written(tmp_path, GOOD.replace("slots: 40", "slots: {evidence: a}"))
    assert "there is no such file" in str(problems_of(path)[0])
    for content, message in {
        "a:\n  label: x\n  value: many\n  unit: y\n": "register.yaml, line 3: a.value is 'many'; expected a number",
        "a: {label: x, value: 012, unit: y}": "register.yaml, line 1: a.value is 012; expected a number without zeros",
        "a: 7": "register.yaml, line 1: expected entries",
        "[" * 50_000: "register.yaml, line 1: expected at most 20 values within each other",
    }.items():
        written(tmp_path, content, "register.yaml")
        assert message in str(problems_of(path)[0])


@pytest.mark.skipif(sys.platform != "linux", reason="pipes, sockets and devices are Linux's")
def test_what_is_no_regular_file_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.yaml")
    Path("folder.yaml").mkdir()
    Path("nowhere.yaml").symlink_to("gone.yaml")
    Path("around.yaml").symlink_to("around.yaml")
    Path("endless.yaml").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.yaml")
    opened: list[object] = []
    true_open = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest: opened.append(path) or true_open(path, *rest))
    for name, reason in {
        "pipe": "it is a pipe, a socket or a device, and no file",
        "socket": "it is a pipe, a socket or a device, and no file",
        "endless": "it is a pipe, a socket or a device, and no file",
        "folder": "it is a folder, and no file",
        "nowhere": "it is a link that leads nowhere",
        "around": "it is a link that leads back to itself",
    }.items():
        (problem,) = problems_of(Path(f"{name}.yaml"))
        assert str(problem) == f"{name}.yaml: the file cannot be read: {reason}"
        (problem,) = problems_of(written(tmp_path, f"extends: {name}.yaml\n"))
        assert reason in str(problem) or "there is no such file" in str(problem)
    assert {Path(str(path)).name for path in opened} <= {"test.yaml"}


def test_a_link_out_of_the_folder_shows_nothing_of_the_file_it_leads_to(tmp_path: Path) -> None:
    secret = written(tmp_path, "the secret of another file", "secret.txt")
    (tmp_path / "link.yaml").symlink_to(secret)
    assert "secret of" not in str(problems_of(tmp_path / "link.yaml")[0])


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 300 + ".yaml"])
def test_a_name_that_no_file_can_have_is_refused_in_words(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", name]) == BAD_INPUT
    assert "Traceback" not in (said := capsys.readouterr().err) and "cannot be read" in said


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are Linux's")
def test_a_file_whose_name_is_no_text_is_checked(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml"))).write_text(GOOD)
    command = [sys.executable, "-m", "budget_model", "check", os.fsencode(tmp_path) + b"/\xff.yaml"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"}, capture_output=True, check=False)
    assert done.returncode == 0 and b"\\udcff.yaml: Test is sound" in done.stdout and not done.stderr


def test_check_project_and_export_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("months: 012", "<<: {months: 24}", "months: 24\ndescription: a\x07b"):
        path = written(tmp_path, f"name: Test\nfirst_month: 2018-07\n{text}\n{SITES}")
        said = set()
        for command in (["check"], ["project"], ["export", "-o", str(tmp_path / "out.xlsx")]):
            assert main([command[0], str(path), *command[1:]]) == BAD_INPUT
            said.add(capsys.readouterr().err)
        assert len(said) == 1 and f"{path}, line " in said.pop()


@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(r"[-+0-9._:eExXob ]{1,9}", fullmatch=True),
        st.sampled_from([*(one for one in ODD if len(one) < 1_000), "1e3", "08", "0o17", "<<", "yes"]),
    )
)
def test_every_text_that_can_be_shown_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assume(not unusable_sign(text) and not any("\ud800" <= sign <= "\udfff" for sign in text) and "\r" not in text)
    assumption = NumberAssumption(value=40, unit="participants", note=text, source="s")
    scenario = load_scenario(written(tmp_path_factory.getbasetemp(), GOOD))
    site = scenario.sites[0].model_copy(update={"slots": assumption})
    path = written(tmp_path_factory.getbasetemp(), scenario_text(scenario.model_copy(update={"sites": (site,)})), "again.yaml")
    assert load_scenario(path).sites[0].slots.note == text


def test_a_number_can_be_written_as_text_in_quotes_and_comes_back_so(tmp_path: Path) -> None:
    scenario = load_scenario(
        written(tmp_path, GOOD.replace("slots: 40", "slots: {value: 40, source: '012', note: '1:30', comment: 'yes'}"))
    )
    again = load_scenario(written(tmp_path, scenario_text(scenario), "again.yaml"))
    slots = again.sites[0].slots
    assert again == scenario and (slots.source, slots.note, slots.comment) == ("012", "1:30", "yes")
    assert load_scenario(PILOT) == load_scenario(written(tmp_path, scenario_text(load_scenario(PILOT)), "pilot.yaml"))
