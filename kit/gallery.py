"""Invented words to show every component with, on the gallery page that developers look at."""

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from kit.widgets import DayMonthYearField, RadiosWithHints

STAGES = [
    {"number": 1, "name": "Come together", "state": "tree", "url": "#1", "about": "41 people so far"},
    {"number": 2, "name": "Listen", "state": "tree", "url": "#2", "about": "18 stories, 7 insights"},
    {
        "number": 3,
        "name": "Our why",
        "state": "shoot",
        "url": "#3",
        "about": "The vision is open for answers until Friday",
        "is_here": True,
    },
    {
        "number": 2,
        "name": "Listen",
        "state": "loop",
        "url": "#2",
        "about": "We have not heard from young people",
        "is_again": True,
    },
    {
        "number": 4,
        "name": "Design",
        "state": "seed",
        "url": "#4",
        "words": "Not said yet",
        "asks": True,
        "suggestion": "The records suggest “Growing”, because a team has met.",
        "set_url": "#say",
    },
    {"number": 5, "name": "Prototype", "state": "seed", "url": "#5"},
    {"number": 6, "name": "Teams", "state": "seed", "url": "#6"},
    {"number": 7, "name": "Practice", "state": "seed", "url": "#7"},
    {
        "number": 8,
        "name": "Governance",
        "state": "seed",
        "url": "#8",
        "words": "Comes last",
        "question": "Why last?",
        "answer": "First we grow the culture, then the structure that protects it.",
    },
]
VALUES = [
    {
        "name": "Kindness that acts",
        "promise": "We notice, and we do something about it.",
        "seen": ["a call back", "time to talk"],
        "not_seen": ["“It's not my job”", "a leaflet instead"],
        "motif": "cup",
        "tone": "coral",
    },
    {
        "name": "Honesty without blame",
        "promise": "We say what is hard, about things, not about people.",
        "seen": ["“I don't know yet”", "bad news early"],
        "not_seen": ["a meeting after the meeting"],
        "motif": "lantern",
        "tone": "marigold",
    },
    {
        "name": "Together",
        "promise": "Nobody designs alone.",
        "seen": ["an empty chair, and asking whose it is"],
        "not_seen": ["a plan that arrives finished"],
        "motif": "circle",
        "tone": "leaf",
    },
    {"name": "Hope", "promise": "We start from what is strong.", "motif": "sun", "tone": "plum"},
    {"name": "An open door", "promise": "You can come back.", "motif": "door", "tone": "teal"},
    {"name": "Crossing over", "promise": "We meet where you are.", "motif": "bridge", "tone": "rose"},
    {"name": "Growing", "promise": "Small things, tended.", "motif": "leaf", "tone": "leaf"},
    {"name": "Walking beside", "promise": "Your pace is the pace.", "motif": "path", "tone": "plum"},
]
MOMENTS = [
    {
        "title": "The vision was agreed",
        "when": "Thursday 18 May, 4pm",
        "datetime": "2026-05-18T16:00",
        "by": "by the Collaborative",
        "text": "37 of 41 could live with every word. Two worries were worked into the text.",
    },
    {"title": "A piece was suggested", "when": "Tuesday 9 May", "by": "Amara", "url": "#piece"},
    {"title": "The writing began", "when": "Monday 1 May"},
]
FACTS = [
    {"key": "When", "value": "Thursday 18 May, 2pm to 4pm", "url": "#when"},
    {"key": "Where", "value": "Grove Street Hall. Step-free, tea, a quiet room", "url": "#where"},
    {"key": "Who may read the record", "value": "This place"},
]
PEOPLE = [
    {"name": "Amara", "line": "I grow dahlias and ask questions"},
    {"name": "Siân Llewellyn", "url": "#sian"},
    {"name": "Łukasz"},
    {"name": "Mr Okonkwo-Featherstonehaugh", "line": "Thirty years on the buses"},
]
MORE = [
    {"label": "Say whether you are coming on Thursday", "url": "#"},
    {"label": "Read a story", "url": "#"},
]
LINKS = [{"label": "Northbridge", "url": "#home"}, {"label": "Stories", "url": "#stories"}]
ROOMS = [
    {"label": "Dance floor", "url": "#floor", "is_current": True},
    {"label": "Balcony", "url": "#balcony"},
    {"label": "History", "url": "#history"},
]
ICONS = [
    *("seed", "shoot", "tree", "loop", "sun", "help", "person", "people", "info", "heart", "care", "phone"),
    *("message", "calendar", "check", "printer", "arrow", "ear", "path", "balance", "door", "rings", "note"),
]
HEADS = ["Locality", "Team", "Working since", {"label": "People met", "is_number": True}]
ROWS = [
    ["Eastside", "Riverside team", "January 2026", "about 120"],
    ["Grove", "Not begun", "Planned for July", "fewer than 8"],
    ["Quayside and the Old Harbour", "Harbour team", "March 2026", "about 45"],
]


class EveryField(forms.Form):
    """One field of each kind that pages use."""

    title = forms.CharField(
        label="What shall we call this story?",
        help_text="A short title that others will recognise",
        max_length=80,
    )
    words = forms.CharField(
        label="Tell the story",
        help_text="Write it the way you would say it.",
        max_length=600,
        widget=forms.Textarea,
    )
    ring = forms.ChoiceField(
        label="Who can see this?",
        choices=[("me", "Only me"), ("group", "This group"), ("place", "This place")],
        widget=RadiosWithHints(
            hints={"me": "Nobody else can read it.", "place": "The 41 people of Northbridge."}
        ),
        error_messages={"required": "Choose who can see this. 'Only me' is fine"},
    )
    values = forms.MultipleChoiceField(
        label="Which of our values does this bring to life?",
        choices=[("kind", "Kindness that acts"), ("honest", "Honesty without blame")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    happened = DayMonthYearField(label="When did it happen?", help_text="For example, 18 5 2026")
    email = forms.EmailField(label="E-mail", required=False)
    locality = forms.ChoiceField(
        label="Where was it?", choices=[("", "Choose a locality"), ("east", "Eastside"), ("grove", "Grove")]
    )
    picture = forms.FileField(label="A photo of the sheet", required=False)
    agrees = forms.BooleanField(
        label="I have read this, or had it read to me, and yes, I agree",
        error_messages={"required": "Tick the box if you agree"},
    )


def samples() -> dict[str, Any]:
    """Give the gallery everything it shows."""
    wrong = {
        "title": "",
        "words": "x" * 601,
        "happened_day": "31",
        "happened_month": "2",
        "happened_year": "2026",
    }
    return {
        "stages": STAGES,
        "value_cards": VALUES,
        "moments": MOMENTS,
        "facts": FACTS,
        "people": PEOPLE,
        "links": LINKS,
        "rooms": ROOMS,
        "icons": ICONS,
        "heads": HEADS,
        "rows": ROWS,
        "page": Paginator(range(30), 10).page(2),
        "plain_form": EveryField(auto_id="plain_%s", initial={"happened": date(2026, 5, 18)}),
        "wrong_form": EveryField(wrong, auto_id="wrong_%s"),
        "more": MORE,
        "unsaved": ["We met in the old library.\nIt was cold, and nobody minded.", "Bring a lamp next time"],
    }
