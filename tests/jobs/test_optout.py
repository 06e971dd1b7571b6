import numpy as np
import pyarrow as pa
import pytest
from cdr_builders import ANNA, BABA, CHEIKH, KEY

from jobs.errors import InputError
from jobs.identity.optout import OptOutParams, OptOuts, read_opt_outs
from jobs.identity.pseudonyms import canonical_ids, pseudonymise, window_pads

PADS = {window: window_pads(KEY, window) for window in (3, 4)}


def names(window: int, *people: str) -> np.ndarray:
    return pseudonymise(canonical_ids(pa.array(people, pa.binary()), "msisdn"), PADS[window])


def listed(tmp_path, text: str, **how) -> OptOuts:
    (tmp_path / "list.txt").write_text(text)
    return read_opt_outs(OptOutParams(file=str(tmp_path / "list.txt"), **how), PADS)


def test_people_on_the_list_are_known_in_every_window_however_they_are_spelled(tmp_path):
    found = listed(tmp_path, f"+{ANNA[:3]} {ANNA[3:]}\n\n00{CHEIKH}\n{CHEIKH}\n")
    assert found.people == 2
    for window in PADS:
        told = found.among(window, names(window, ANNA, BABA, CHEIKH))
        assert told.tolist() == [True, False, True]
    assert not found.among(3, names(4, ANNA)).any()


def test_an_empty_list_concerns_nobody(tmp_path):
    found = listed(tmp_path, "\n")
    assert found.people == 0
    assert not found.among(3, names(3, ANNA)).any()


def test_a_line_that_is_no_identifier_is_refused_by_its_number_alone(tmp_path):
    with pytest.raises(InputError, match=r"1 lines are no identifier of kind msisdn: line 3") as refused:
        listed(tmp_path, f"{ANNA}\n\n77x{BABA}\n")
    assert BABA not in str(refused.value)


def test_a_window_that_was_not_prepared_lets_nobody_through(tmp_path):
    with pytest.raises(KeyError):
        listed(tmp_path, ANNA).among(5, names(3, ANNA))


def test_pseudonyms_that_share_their_first_word_are_told_apart():
    both = np.array([[7, 1], [7, 2], [7, 3], [9, 1]], np.uint64)
    found = OptOuts(2, {3: both[[0, 2, 3]]})
    assert found.among(3, both).tolist() == [True, False, True, True]


def test_no_identifier_is_kept(tmp_path):
    import pickle

    assert ANNA.encode() not in pickle.dumps(listed(tmp_path, ANNA))
