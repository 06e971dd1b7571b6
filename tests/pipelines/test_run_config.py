"""A config is read strictly: every problem at once, each with its place and the mend."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tiny_city import ROOT, TINY, write_config

from jobs.errors import ConfigError
from pipelines.config import load_config, schema

jsonschema = pytest.importorskip("jsonschema", reason="checks the schema against its metaschema")


@pytest.fixture
def refused(tmp_path: Path):
    """Load a config that must be refused; return the message."""

    def load(text: str | dict[str, Any], *overrides: str) -> str:
        file = tmp_path / "run.yaml"
        file.write_text(text if isinstance(text, str) else yaml.safe_dump(text, sort_keys=False))
        with pytest.raises(ConfigError) as caught:
            load_config(file, overrides)
        assert caught.value.exit_code == 2
        assert "Mend: " in str(caught.value)
        return str(caught.value)

    return load


SHORT = "name: x\nworkspace: ws\nworld: {}\npseudonyms: {key: {file: k}}\n"


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_one(refused):
    message = refused(SHORT + "disclosure:\n  min_user: 5\n")
    assert "run.yaml:6: disclosure.min_user: unknown key. Did you mean min_users?" in message


def test_an_unknown_key_in_a_list_is_named_by_its_position(refused, tmp_path):
    (tmp_path / "a.csv").write_text("user,time,cell\n")
    message = refused(SHORT + "cdr:\n- path: a.csv\n- path: a.csv\n  delimeter: ';'\n")
    assert "run.yaml:8: cdr[1].delimeter: unknown key. Did you mean delimiter?" in message


def test_a_value_of_a_wrong_type_is_shown(refused):
    message = refused(SHORT + "stays:\n  radius_m: 1 km\n")
    assert "run.yaml:6: stays.radius_m:" in message
    assert "'1 km'" in message


def test_a_missing_section_is_named(refused):
    assert "pseudonyms: is missing" in refused("name: x\nworkspace: ws\nworld: {}\n")


def test_nothing_to_read_is_said(refused):
    message = refused("name: x\nworkspace: ws\npseudonyms: {key: {file: k}}\n")
    assert "nothing to read: give cdr" in message


def test_a_missing_file_is_named_with_what_its_path_is_relative_to(refused, tmp_path):
    message = refused(SHORT + "gtfs: nowhere.zip\n")
    assert f"run.yaml:5: gtfs: no such file or folder: {tmp_path}/nowhere.zip" in message
    assert "relative to the config file" in message


def test_a_missing_environment_variable_is_named(refused, monkeypatch):
    monkeypatch.delenv("NO_SUCH_PLACE", raising=False)
    message = refused(SHORT + "grid: {resolution: '${NO_SUCH_PLACE}'}\n")
    assert "run.yaml:5: grid.resolution: environment variable NO_SUCH_PLACE is not set" in message


def test_an_environment_variable_is_filled_in(tmp_path, monkeypatch):
    monkeypatch.setenv("PLACE", "elsewhere")
    file = write_config(tmp_path, {**TINY, "workspace": "${PLACE}/ws"})
    assert load_config(file).workspace == str(tmp_path / "elsewhere" / "ws")


def test_all_problems_are_told_at_once(refused):
    message = refused(SHORT + "grid: {resolution: fine}\nstay: {}\ngtfs: nowhere.zip\n")
    assert message.startswith("3 problems in")
    for place in ("run.yaml:5: grid.resolution", "run.yaml:6: stay: unknown", "run.yaml:7: gtfs"):
        assert place in message


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("name: [x\nworkspace: ws\n", "run.yaml:2", "is not valid YAML"),
        ("a\tb: {\n", "run.yaml", "is not valid YAML"),
        ("just a sentence\n", "run.yaml", "has no keys at the top level"),
        ("", "run.yaml", "has no keys at the top level"),
        (SHORT + "period: {start: 2015-02-30}\n", "run.yaml", "cannot be read: day is out of range"),
        (SHORT + "name: y\n", "run.yaml:5: name", "is given twice, first on line 1"),
    ],
)
def test_a_file_that_is_not_such_yaml_is_refused(refused, text, place, what):
    message = refused(text)
    assert place in message
    assert what in message


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="No such file"):
        load_config(tmp_path / "none.yaml")
    with pytest.raises(ConfigError, match="Is a directory"):
        load_config(tmp_path)
    (tmp_path / "b.yaml").write_bytes(b"name: \xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(tmp_path / "b.yaml")


def test_a_key_written_into_the_config_is_refused_and_not_shown(refused):
    secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I="
    message = refused("name: x\nworkspace: ws\nworld: {}\npseudonyms:\n  key: " + secret + "\n")
    assert "run.yaml:5: pseudonyms.key" in message
    assert secret not in message


@pytest.mark.parametrize(
    "written", ["{secret}", "{{key: {secret}}}", "{{key: {{file: {secret}}}}}", "{{key: {{env: {secret}}}}}"]
)
@pytest.mark.parametrize(
    "secret", ["c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=", "0011223344556677" * 4], ids=["base64", "hex"]
)
def test_a_key_in_a_wrong_place_is_not_shown(refused, written, secret):
    quoted = f"'{secret}'"
    message = refused(
        "name: x\nworkspace: ws\nworld: {}\npseudonyms: " + written.format(secret=quoted) + "\n"
    )
    assert "run.yaml:4: pseudonyms" in message
    assert secret not in message


def test_the_clock_of_days_has_to_be_named_where_records_are_not_in_utc(refused, tmp_path):
    (tmp_path / "a.csv").write_text("user,time,cell\n")
    message = refused(
        "name: x\nworkspace: ws\npseudonyms: {key: {file: k}}\n"
        "cdr: [{path: a.csv, columns: {time: {zone: Asia/Tokyo}}}]\n"
    )
    assert "calendar.zone is missing, and records are in Asia/Tokyo" in message


def test_clocks_of_world_and_calendar_have_to_agree(refused):
    message = refused(SHORT + "calendar: {zone: Africa/Dakar}\n")
    assert "they have to be the same" in message


# -- --set -------------------------------------------------------------------------------------


def test_set_reaches_keys_lists_and_keys_that_are_not_in_the_file(tmp_path):
    file = write_config(tmp_path, TINY)
    (tmp_path / "a.csv").write_text("user;time;cell\n")
    config = load_config(
        file,
        (
            "grid.resolution=8",
            "release.products=[od]",
            "cdr=[{path: a.csv}]",
            "cdr[0].delimiter=;",
            "cdr[0].columns.time.zone=Africa/Dakar",
        ),
    )
    assert config.grid.resolution == 8
    assert config.release.products == ("od",)
    assert config.cdr[0].delimiter == ";"
    assert config.cdr[0].columns.time.zone == "Africa/Dakar"


def test_a_problem_of_set_is_placed_at_the_option_not_in_the_file(refused):
    assert "--set grid.resolution: grid.resolution:" in refused(SHORT, "grid.resolution=fine")


@pytest.mark.parametrize(
    "assignment", ["grid", "=3", ".=3", "name.deeper=1", "cdr[4].path=a", "a=[", "a=2015-02-30"]
)
def test_a_set_that_makes_no_sense_is_refused(refused, assignment):
    assert "--set" in refused(SHORT + "cdr: []\n", assignment)


# -- schema and examples -----------------------------------------------------------------------


def test_the_schema_is_a_json_schema_that_knows_a_good_config_from_a_bad_one():
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema())
    as_json = json.loads(json.dumps(TINY))
    assert not list(validator(schema()).iter_errors(as_json))
    assert list(validator(schema()).iter_errors({**as_json, "stay": {}}))


@pytest.mark.parametrize("example", sorted((ROOT / "configs").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_config_loads_and_fits_the_schema(example, shared_data):
    config = load_config(example)
    assert config.name
    content = yaml.load(example.read_text(), Loader=yaml.BaseLoader)
    known = schema()["properties"]
    assert set(content) <= set(known)
    plain = json.loads(json.dumps(yaml.safe_load(example.read_text()), default=str))
    assert not list(jsonschema.Draft202012Validator(schema()).iter_errors(plain))


def test_a_value_where_keys_are_expected_is_told_with_the_keys(refused, tmp_path):
    (tmp_path / "a.csv").write_text("u,t,c\n")
    message = refused(SHORT + "cdr:\n- path: a.csv\n  columns: {time: t}\n")
    assert "cdr[0].columns.time: has keys of its own below it: column, format, zone" in message
