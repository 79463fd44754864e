"""The page that says what belongs here and what grows first."""

from design_teams.stage import DESIGN
from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page


@page(Permission.SEE_HOME)
def design_team(request: Request, site: Site) -> Answer:
    """Say what belongs in this stage, and what grows first."""
    return {"stage": DESIGN, "site": site}
