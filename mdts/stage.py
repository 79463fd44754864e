"""Says where this app stands in the method and answers for it. Source: domain.md 2 and ux.md 1.4."""

from programmes.access import Permission
from programmes.stages import Stage

TEAMS = Stage(
    number=6,
    slug="teams",
    name="Teams",
    purpose="People from different services work as one team, with tools that were made together.",
    rooted_when=(
        "The first Living Well team works with tools that were made together",
        "There is a plan for the next locality",
    ),
    grows_from=(
        "A team grows from a Design Team's work and from what prototypes taught. Then it extends, "
        "one locality at a time."
    ),
    page="mdts:teams",
    opens_with=Permission.SEE_HOME,
    loops_back_to=(5,),
)

PRACTICE = Stage(
    number=7,
    slug="practice",
    name="Practice",
    purpose="Team leaders meet, bring real dilemmas, and help each other grow their practice.",
    rooted_when=(
        "A Community of Practice meets every month",
        "Practice leaders are named",
    ),
    grows_from=(
        "Practice deepens where teams are at work. It needs a first team, and time to reflect together."
    ),
    page="mdts:practice",
    opens_with=Permission.SEE_HOME,
    loops_back_to=(5, 6),
)
