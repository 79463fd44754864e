"""The pages that say what belongs here and what grows first."""

from mdts.stage import PRACTICE, TEAMS
from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page


@page(Permission.SEE_HOME)
def teams(request: Request, site: Site) -> Answer:
    """Say what belongs in this stage, and what grows first."""
    return {"stage": TEAMS, "site": site}


@page(Permission.SEE_HOME)
def practice(request: Request, site: Site) -> Answer:
    """Say what belongs in this stage, and what grows first."""
    return {"stage": PRACTICE, "site": site}
