"""The page that says what belongs here and what grows first."""

from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page
from stories.stage import LISTEN


@page(Permission.SEE_HOME)
def stories(request: Request, site: Site) -> Answer:
    """Say what belongs in this stage, and what grows first."""
    return {"stage": LISTEN, "site": site}
