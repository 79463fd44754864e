"""A report of an invented place, as the reports app hands it to the paper template."""

from datetime import UTC, date, datetime
from typing import Any

from django.template.loader import render_to_string

from kit import pdf
from kit.charts import Chart, draw
from programmes.stages import Period
from reports.actions.editions import Edition, Figure
from tests.kit import samples

MADE_AT = datetime(2026, 10, 8, 9, 30, tzinfo=UTC)
STATES = {"n": "Not begun", "g": "Growing", "w": "Well rooted", "c": "Coming back to it"}
STATES |= {"s": "Not said yet", "l": "Comes last"}
VALUES = [
    {
        "name": "Open door",
        "meaning": "Help begins with a hello, not with a form.",
        "seen": [
            "Anyone can bring anyone, on any day",
            "The first question is what would make today better",
        ],
        "not_seen": [
            "A person sent away to a different building",
            "A waiting list before a first conversation",
        ],
    },
    {
        "name": "Alongside",
        "meaning": "We do things with each other, and we stay.",
        "seen": [
            "The same two people, for as long as it takes",
            "Carers in the room, if the person wants them",
        ],
        "not_seen": ["Plans made in a meeting the person was not at"],
    },
    {
        "name": "Whole lives",
        "meaning": "Friends, work, a home and something to look forward to matter as much as symptoms.",
        "seen": ["Peer workers who know the allotments, the choir and the job club"],
        "not_seen": ["A review that asks about tablets only"],
    },
    {
        "name": "Honest about limits",
        "meaning": "We say what we cannot do, and what happens next.",
        "seen": ["“Not yet”, with a reason and a date"],
        "not_seen": ["Silence"],
    },
]
WHY = {
    "statement": "In Millvale and Dene nobody has to be in crisis to be heard. We open the door together, we "
    "stay alongside each other, and each of us has a life worth getting up for.",
    "plain": "You can ask for help early. People will stick with you. Life can be good here.",
    "version": 2,
    "adopted_on": date(2025, 3, 20),
    "values": VALUES,
}
HEADS = [
    "Gathering",
    "People who came",
    "Lived experience",
    "Carer",
    "Practitioner, statutory",
    "Practitioner, voluntary sector",
    "Manager",
    "Commissioner",
    "Community",
]
SMALL = "fewer than 8"
ROWS = [
    [date(2026, 7, 9), "about 35", "about 15", SMALL, "about 10", SMALL, SMALL, SMALL, "about 10"],
    [date(2026, 7, 30), "about 30", "about 10", SMALL, SMALL, "about 10", SMALL, SMALL, SMALL],
    [
        date(2026, 8, 20),
        "about 15",
        "represented",
        "represented",
        "represented",
        "not yet",
        "not yet",
        "not yet",
        "represented",
    ],
    [date(2026, 9, 10), "about 40", "about 15", "about 10", "about 10", SMALL, SMALL, SMALL, "about 10"],
    [
        date(2026, 9, 24),
        "about 45",
        "about 20",
        "not shown",
        "about 10",
        "about 10",
        SMALL,
        SMALL,
        "about 15",
    ],
]


def charts() -> dict[str, Chart]:
    return {"journey": draw(samples.journey()), "gatherings": draw(samples.gatherings())}


def edition(**changed: Any) -> Edition:
    told: dict[str, Any] = {
        "title": "Millvale and Dene: progress report",
        "place": "Millvale and Dene",
        "programme": "Living Well in the Valleys",
        "period": Period(date(2026, 7, 1), date(2026, 9, 30)),
        "number": 1,
        "made_at": MADE_AT,
        "still_runs": False,
        "threshold": 8,
        "glance": [
            Figure("7", "gatherings of the Collaborative"),
            Figure("2", "agreements reached"),
            Figure("3", "worries raised, 3 answered"),
            Figure("6", "asks made, 4 answered"),
        ],
        "why": WHY,
        "journey": _journey(),
        "finding": "The place says: Listen, Our why and Design stand well rooted; Prototype, Teams and "
        "Practice are growing; Come together is looked at again.",
        "table": {"heads": HEADS, "rows": ROWS},
        "charts": charts(),
    }
    return Edition(**told | changed)


def _journey() -> list[dict[str, Any]]:
    since = [(4, 2026), (4, 2025), (4, 2025), (10, 2025), (7, 2025), (1, 2026), (7, 2026)]
    early = {
        6: "A team asked to begin with one neighbourhood while the second prototype was still running. The "
        "Collaborative agreed in January, and looks at it again in December."
    }
    return [
        {
            "number": stage.number,
            "name": stage.name,
            "state": stage.states[-1].value,
            "words": stage.states[-1].value,
            "since": date(since[place][1], since[place][0], 1) if place < len(since) else None,
            "why_early": early.get(stage.number, ""),
        }
        for place, stage in enumerate(samples.journey().stages)
    ]


def html(of: Edition | None = None) -> str:
    return render_to_string("reports/print.html", {"edition": of or edition()})


def printed(of: Edition | None = None, **changed: Any) -> bytes:
    of = of or edition()
    told: dict[str, Any] = {
        "title": of.title,
        "made_at": MADE_AT,
        "identifier": "the first edition",
        "attachments": [
            pdf.Attachment(name=chart.file_name, bytes=chart.csv(), description=chart.title)
            for chart in of.charts.values()
        ],
    }
    return pdf.render(html(of), **told | changed)
