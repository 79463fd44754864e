"""Marks of what somebody has opened say nothing by their names."""

from datetime import timedelta
from unittest.mock import patch

from kit.opened import not_opened, note_opened
from people.models import Person


def test_a_mark_names_neither_the_person_nor_what_they_opened():
    row, reader, other = Person(name="Row"), Person(name="Reader"), Person(name="Other")
    with patch("kit.opened.cache.set") as kept:
        note_opened(row, reader, keep=timedelta(days=1))
    key = kept.call_args.args[0]
    assert not [each for each in (row.pk, reader.pk) if str(each) in key or each.hex in key]
    note_opened(row, reader, keep=timedelta(days=1))
    assert (not_opened([row], reader), not_opened([row], other)) == ([], [row])
