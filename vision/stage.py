"""Says where this app stands in the method and answers for it. Source: domain.md 2.1 and ux.md 1.4."""

from programmes.access import Permission
from programmes.stages import Stage

OUR_WHY = Stage(
    number=3,
    slug="why",
    name="Our why",
    purpose="A vision and a few values, in our own words, that everything else answers to.",
    rooted_when=(
        "The Collaborative has adopted a vision",
        "There are four to seven values, each with examples",
        "It was looked at again in the last six months",
    ),
    grows_from="A vision grows from the voices of people who live here, so first come together and listen.",
    page="vision:why",
    opens_with=Permission.SEE_WHY,
    loops_back_to=(2,),
)
