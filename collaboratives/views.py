"""Pages of the Collaborative: its gatherings."""

from programmes.access import Permission
from programmes.models import Group
from programmes.pages import Answer, Request, page


@page(Permission.SEE_GATHERINGS)
def gatherings(request: Request, collaborative: Group) -> Answer:
    """List the gatherings, newest first."""
    return {"collaborative": collaborative}
