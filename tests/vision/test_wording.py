"""Looking at words: what changed, and whom they speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.models import Piece, compare, speaks_only_of_services

words = st.text(alphabet=st.sampled_from("ab \n<>&\u202eא"), max_size=40)


class TestCompare:
    @given(was=words, now=words)
    def test_both_texts_can_be_read_back_exactly(self, was: str, now: str) -> None:
        pieces = compare(was, now)
        assert "".join(piece.text for piece in pieces if piece.was) == was
        assert "".join(piece.text for piece in pieces if piece.now) == now

    @given(words)
    def test_nothing_changed_between_a_text_and_itself(self, text: str) -> None:
        assert all(piece.was and piece.now for piece in compare(text, text))

    def test_a_changed_word_is_struck_out_and_its_new_word_marked(self) -> None:
        assert compare("We live here", "We belong here") == [
            Piece("We "),
            Piece("live", now=False),
            Piece("belong", was=False),
            Piece(" here"),
        ]

    def test_changes_side_by_side_become_one(self) -> None:
        assert compare("good old ways here", "new paths here") == [
            Piece("good old ways", now=False),
            Piece("new paths", was=False),
            Piece(" here"),
        ]


class TestV7SpeaksForEveryone:
    @pytest.mark.parametrize(
        "text",
        [
            "Better services",
            "Our patients get treatment on time",
            "A diagnosis within a week",
            "CLINICAL excellence",
        ],
    )
    def test_asks_when_only_services_are_named(self, text: str) -> None:
        assert speaks_only_of_services(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Everyone here lives well",
            "Services that listen to people",
            "Neighbours before diagnoses",
            "We shine",
        ],
    )
    def test_says_nothing_otherwise(self, text: str) -> None:
        assert not speaks_only_of_services(text)
