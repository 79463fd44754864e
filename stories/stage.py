"""Says where this app stands in the method and answers for it. Source: domain.md 2 and ux.md 1.4."""

from programmes.access import Permission
from programmes.stages import Stage

LISTEN = Stage(
    number=2,
    slug="listen",
    name="Listen",
    purpose="Stories help us see the whole person, and remind us why we do this.",
    rooted_when=(
        "Ten or more stories are kept, with consent",
        "Five or more insights have grown from them",
        "The case for change is written",
    ),
    grows_from=(
        "Stories need people who trust each other. First the Collaborative comes together, agrees "
        "how to be with one another, and knows who to turn to when a story is hard to hear."
    ),
    page="stories:stories",
    opens_with=Permission.SEE_HOME,
    loops_back_to=(1,),
)
