"""Says where this app stands in the method and answers for it. Source: domain.md 2 and ux.md 1.4."""

from programmes.access import Permission
from programmes.stages import Stage

DESIGN = Stage(
    number=4,
    slug="design",
    name="Design",
    purpose=(
        "A Design Team of 12 to 15 people, drawn from the Collaborative, turns what was heard into ideas."
    ),
    rooted_when=(
        "A Design Team of 12 to 15 people is agreed",
        "The team has a brief",
        "Three or more ideas have grown from insights",
    ),
    grows_from=(
        "Ideas grow from insights, and every idea says which line of the vision it serves. So first "
        "we listen, and agree our why."
    ),
    page="design_teams:design_team",
    opens_with=Permission.SEE_HOME,
    loops_back_to=(2,),
)
