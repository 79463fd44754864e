"""Pages of a place's reports."""

from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page


@page(Permission.SEE_PROGRESS)
def progress(request: Request, site: Site) -> Answer:
    """Show released progress."""
    return {"site": site}


@page(Permission.SEE_REPORTS)
def reports(request: Request, site: Site) -> Answer:
    """List the reports."""
    return {"site": site}
