"""Says where this app stands in the method and answers for it. Source: domain.md 2.5 and ux.md 1.4."""

from collaboratives.stage.balcony import patterns
from collaboratives.stage.records import begun_on, progress
from collaboratives.stage.report import report_sections
from collaboratives.stage.steps import next_steps
from programmes.access import Permission
from programmes.stages import Stage

COME_TOGETHER = Stage(
    number=1,
    slug="together",
    name="Come together",
    purpose="People who live and work here meet as equals: the Collaborative.",
    rooted_when=(
        "The Collaborative has met three times",
        "At least a third of those in the room bring lived experience",
        "Ways of working are agreed",
    ),
    grows_from="This is where the path begins: invite people, and meet.",
    page="collaboratives:gatherings",
    opens_with=Permission.SEE_GATHERINGS,
    progress=progress,
    next_steps=next_steps,
    report_sections=report_sections,
    patterns=patterns,
    begun_on=begun_on,
)
