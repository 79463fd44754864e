"""Pages of a place's people and settings."""

from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page


@page(Permission.SEE_PEOPLE)
def people(request: Request, site: Site) -> Answer:
    """Show who takes part."""
    return {"site": site}


@page(Permission.CHANGE_SETTINGS)
def settings(request: Request, site: Site) -> Answer:
    """Change the place's settings."""
    return {"site": site}
