"""Says where this app stands in the method and answers for it. Source: domain.md 2 and ux.md 1.4."""

from programmes.access import Permission
from programmes.stages import Stage

GOVERNANCE = Stage(
    number=8,
    slug="governance",
    name="Governance",
    purpose="New groups are formed to nurture and protect the new culture and the teams.",
    rooted_when=(
        "The founding question was worked on with the Collaborative",
        "A group is formed to nurture and protect the teams",
    ),
    grows_from=(
        "This comes last, on purpose. First we grow the culture, then the structure that protects "
        "it. A governance group goes live once vision and values are adopted, and once it says "
        "which teams or practice it will nurture."
    ),
    page="governance:governance",
    opens_with=Permission.SEE_HOME,
    comes_last=True,
    loops_back_to=(3,),
)
