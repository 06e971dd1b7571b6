import json
import os
from datetime import UTC, datetime

import pytest

from jobs.errors import ConfigError
from jobs.identity.key_destruction import destroy_key, refuse_destroyed
from jobs.identity.pseudonyms import KeyReference, check_value, load_key, new_key_file

WHEN = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_a_destroyed_key_is_gone_from_disk_and_told_of(tmp_path):
    file = tmp_path / "a.key"
    value = new_key_file(file)
    os.link(file, tmp_path / "same bytes")
    key = file.read_bytes()
    assert check_value(load_key(KeyReference(file=str(file)))) == value
    destroy_key(file, value, WHEN, "retention over")
    assert not file.exists()
    assert (tmp_path / "same bytes").read_bytes() != key
    record = (tmp_path / "a.key.destroyed.json").read_text()
    assert json.loads(record)["check_value"] == value
    assert key.hex() not in record
    with pytest.raises(ConfigError, match=f"check value {value}.*destroyed on 2026-05-01T12:00:00Z"):
        load_key(KeyReference(file=str(file)))


def test_a_destroyed_key_is_not_made_anew_by_itself(tmp_path):
    file = tmp_path / "a.key"
    destroy_key(file, new_key_file(file), WHEN, "x")
    assert not KeyReference(file=str(file), create=True).is_to_be_made
    with pytest.raises(ConfigError):
        refuse_destroyed(file)
    refuse_destroyed(tmp_path / "other.key")


def test_a_link_is_not_followed(tmp_path):
    target = tmp_path / "target"
    target.write_bytes(b"x" * 32)
    (tmp_path / "a.key").symlink_to(target)
    with pytest.raises(ConfigError, match="cannot be destroyed"):
        destroy_key(tmp_path / "a.key", "00000000", WHEN, "x")
    assert target.read_bytes() == b"x" * 32
    assert not (tmp_path / "a.key.destroyed.json").exists()
