import base64
import hmac
import os
import stat
import traceback
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import ANNA, BABA, KEY, pseudonym_params
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import ValidationError

from jobs.errors import ConfigError
from jobs.identity.pseudonyms import (
    KeyReference,
    PadsOfWindows,
    canonical_ids,
    check_value,
    load_key,
    new_key_file,
    pseudonymise,
    window_pads,
)


def key_file(tmp_path: Path, content: bytes = KEY, mode: int = 0o600) -> Path:
    path = tmp_path / "the.key"
    path.write_bytes(content)
    path.chmod(mode)
    return path


def refusal(reference: KeyReference) -> str:
    with pytest.raises(ConfigError) as caught:
        load_key(reference)
    return "".join(traceback.format_exception(caught.value))


def names(ids: list[str], window: int = 0, kind: str = "msisdn") -> list[bytes]:
    words = pseudonymise(canonical_ids(pa.array(ids).cast(pa.binary()), kind), window_pads(KEY, window))
    return [row.astype(">u8").tobytes() for row in words]


# -- the key -----------------------------------------------------------------------------------


def test_a_key_file_of_the_owner_alone_is_read(tmp_path):
    assert load_key(KeyReference(file=str(key_file(tmp_path)))) == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_that_others_may_read_is_refused_with_the_mend(tmp_path, mode):
    path = key_file(tmp_path, mode=mode)
    assert f"chmod 600 {path}" in refusal(KeyReference(file=str(path)))


def test_a_symbolic_link_to_a_key_is_refused(tmp_path):
    link = tmp_path / "link"
    link.symlink_to(key_file(tmp_path))
    assert "symbolic link" in refusal(KeyReference(file=str(link)))


def test_a_missing_key_file_names_the_command_that_makes_one(tmp_path):
    assert "maillage keys new" in refusal(KeyReference(file=str(tmp_path / "none")))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (KEY[:31], "holds 31 bytes"),
        (KEY + b"\n", "holds 33 bytes"),
        (b"", "holds 0 bytes"),
        (b"secret" * 5 + b"se", "random"),
        (bytes(32), "random"),
    ],
)
def test_what_is_no_key_is_refused_and_not_shown(tmp_path, content, told):
    message = refusal(KeyReference(file=str(key_file(tmp_path, content))))
    assert told in message
    assert "secretse" not in message
    assert content.hex()[:16] not in message or not content


@pytest.mark.parametrize(
    "text", [KEY.hex(), KEY.hex().upper(), base64.b64encode(KEY).decode(), f" {KEY.hex()}\n"]
)
def test_a_key_from_a_variable_may_be_hex_or_base64(monkeypatch, text):
    monkeypatch.setenv("THE_KEY", text)
    assert load_key(KeyReference(env="THE_KEY")) == KEY


@pytest.mark.parametrize(
    "text", ["z" * 64, KEY.hex()[:-1], "not base64!", base64.b64encode(KEY[:9]).decode()]
)
def test_a_variable_without_a_key_is_refused_and_not_shown(monkeypatch, text):
    monkeypatch.setenv("THE_KEY", text)
    message = refusal(KeyReference(env="THE_KEY"))
    assert "environment variable THE_KEY" in message
    assert text not in message


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("THE_KEY", raising=False)
    assert "environment variable THE_KEY: is not set" in refusal(KeyReference(env="THE_KEY"))


@pytest.mark.parametrize("given", [{}, {"file": "a", "env": "B"}])
def test_a_key_has_exactly_one_place(given):
    with pytest.raises(ValidationError, match="either file or env"):
        KeyReference(**given)


def test_a_new_key_is_for_its_owner_alone_and_is_usable(tmp_path):
    path = tmp_path / "keys" / "new.key"
    told = new_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert check_value(load_key(KeyReference(file=str(path)))) == told


def test_a_key_is_never_overwritten(tmp_path):
    path = key_file(tmp_path)
    with pytest.raises(ConfigError, match="not overwritten"):
        new_key_file(path)
    assert path.read_bytes() == KEY


def test_a_new_key_does_not_follow_a_link(tmp_path):
    link = tmp_path / "link"
    os.symlink(tmp_path / "elsewhere", link)
    with pytest.raises(ConfigError):
        new_key_file(link)
    assert not (tmp_path / "elsewhere").exists()


def test_a_check_value_tells_keys_apart_in_eight_digits():
    assert len(check_value(KEY)) == 8
    assert check_value(KEY) != check_value(KEY[::-1])


# -- pseudonyms --------------------------------------------------------------------------------


def test_a_pseudonym_is_the_hmac_under_the_subkey_of_its_window():
    subkey = HKDF(hashes.SHA256(), 32, b"maillage", b"v1|pseudonym|7").derive(KEY)
    expected = [hmac.digest(subkey, f"msisdn:{who}".encode(), "sha256")[:16] for who in (ANNA, BABA)]
    assert names([ANNA, BABA], window=7) == expected


def test_one_number_written_in_three_ways_is_one_pseudonym():
    assert len(set(names([ANNA, f"+{ANNA}", f"00{ANNA}", "+221 77-000.00.01"]))) == 1


def test_pseudonyms_differ_by_window_kind_and_purpose():
    assert names([ANNA], window=0) != names([ANNA], window=1)
    assert names(["3" * 15], kind="msisdn") != names(["3" * 15], kind="imsi")
    assert (window_pads(KEY, 0).inner != window_pads(KEY, 0, "release").inner).any()


def test_leading_zeros_of_an_imei_are_its_own_and_letters_are_bad():
    ids = canonical_ids(pa.array([b"004999010640000", b"4999010640000", b"00499901064000x"]), "imei")
    assert ids.good.tolist() == [True, False, False]


def test_opaque_identifiers_are_taken_as_they_are():
    ids = canonical_ids(pa.array([b"+1", b"1", b""]), "opaque")
    assert ids.good.tolist() == [True, True, False]
    assert len(set(names(["+1", "1"], kind="opaque"))) == 2


def test_a_sliced_column_gives_the_pseudonyms_of_its_slice():
    whole = pa.array([BABA, ANNA, BABA]).cast(pa.binary())
    ids = canonical_ids(whole.slice(1, 1), "opaque")
    words = pseudonymise(ids, window_pads(KEY, 0))
    assert words[0].astype(">u8").tobytes() == names([ANNA], kind="opaque")[0]


def test_windows_are_counted_in_local_days_from_the_origin():
    params = pseudonym_params(window_days=14, origin=date(2013, 1, 7))
    day = (date(2013, 1, 7) - date(1970, 1, 1)).days
    local = np.array([day - 1, day, day + 13, day + 14]) * 86_400
    assert params.window_of(local).tolist() == [-1, 0, 0, 1]
    assert params.window_of(local + 86_399).tolist() == [-1, 0, 0, 1]


def test_a_key_is_made_only_where_the_config_says_so(tmp_path):
    assert KeyReference(file=str(tmp_path / "a.key"), create=True).is_to_be_made
    assert not KeyReference(file=str(tmp_path / "a.key")).is_to_be_made
    new_key_file(tmp_path / "a.key")
    assert not KeyReference(file=str(tmp_path / "a.key"), create=True).is_to_be_made
    with pytest.raises(ValidationError, match="create needs file"):
        KeyReference(env="A_KEY", create=True)
    with pytest.raises(ValidationError, match="should match pattern"):
        KeyReference(env="4f8a0c6d" * 8)


def test_pads_of_windows_are_those_of_each_and_of_no_other():
    pads = PadsOfWindows.derived(KEY, range(-1, 3))
    assert list(pads) == [-1, 0, 1, 2]
    for window, found in pads.items():
        expected = window_pads(KEY, window)
        assert (found.inner.tolist(), found.outer.tolist()) == (
            expected.inner.tolist(),
            expected.outer.tolist(),
        )
    for window in (-2, 3):
        assert window not in pads
    assert "words" not in repr(pads)
    assert len(PadsOfWindows.derived(KEY, range(0))) == 0
