"""Says where this app stands in the method and answers for it. Source: domain.md 2 and ux.md 1.4."""

from programmes.access import Permission
from programmes.stages import Stage

PROTOTYPE = Stage(
    number=5,
    slug="prototype",
    name="Prototype",
    purpose="Something small and real is tried for a short time, so that we learn from it.",
    rooted_when=(
        "Two or more prototypes have been through two cycles",
        "One or more Prototyping Labs have been held",
    ),
    grows_from=(
        "A prototype grows from an idea that a Design Team shaped, and begins with a question worth asking."
    ),
    page="prototyping:prototypes",
    opens_with=Permission.SEE_HOME,
    loops_back_to=(2, 4),
)
