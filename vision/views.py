"""Pages of the vision and values."""

from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page


@page(Permission.SEE_WHY)
def why(request: Request, site: Site) -> Answer:
    """Show the vision and values."""
    return {"site": site}
