"""What people do with reports: ask for one, let the worker make it, release it, name its readers."""

from reports.actions.asking import CannotAsk, ask_for_report, try_again
from reports.actions.days import first_day_of
from reports.actions.editions import Edition, edition_of, file_name
from reports.actions.putting_away import CannotPutAway, bring_back, put_away
from reports.actions.releasing import (
    CannotRelease,
    forget_reader,
    name_reader,
    possible_readers,
    readable_by,
    release_report,
    unname_reader,
    who_may_see_reports,
)
from reports.actions.telling import mark_as_opened, waits_for

__all__ = [
    "CannotAsk",
    "CannotPutAway",
    "CannotRelease",
    "Edition",
    "ask_for_report",
    "bring_back",
    "edition_of",
    "file_name",
    "first_day_of",
    "forget_reader",
    "mark_as_opened",
    "name_reader",
    "possible_readers",
    "put_away",
    "readable_by",
    "release_report",
    "try_again",
    "unname_reader",
    "waits_for",
    "who_may_see_reports",
]
