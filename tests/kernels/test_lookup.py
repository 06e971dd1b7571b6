from hypothesis import example, given
from hypothesis import strategies as st
from text_builders import spans

from kernels.text.lookup import EMPTY, UNKNOWN, places_of_texts

TEXT = st.binary(max_size=20) | st.text(alphabet="AB", max_size=20).map(str.encode)
LONG = b"625-02-0%d234-56789"


@given(texts=st.lists(TEXT, max_size=20), known=st.lists(TEXT, min_size=1, max_size=20))
@example(texts=[b"A\0", b"A", b"\0", b"A" * 8, b"A" * 9], known=[b"A", b"A\0\0", b"A" * 9])
@example(texts=[LONG % n for n in range(9)], known=[LONG % n for n in (8, 3, 3, 5)])
@example(texts=[b"A", b""], known=[b""])
def test_places_are_those_of_a_list(texts, known):
    texts = texts + known
    places = [EMPTY if not text else known.index(text) if text in known else UNKNOWN for text in texts]
    assert places_of_texts(*spans(texts), *spans(known)).tolist() == places


def test_many_known_texts():
    known = [f"S{n:06d}" for n in range(5000)]
    assert places_of_texts(*spans(known[::-7]), *spans(known)).tolist() == list(range(5000))[::-7]
