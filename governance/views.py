"""The page that says what belongs here and what grows first."""

from governance.stage import GOVERNANCE
from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page


@page(Permission.SEE_HOME)
def governance(request: Request, site: Site) -> Answer:
    """Say what belongs in this stage, and what grows first."""
    return {"stage": GOVERNANCE, "site": site}
