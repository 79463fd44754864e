"""The pages composed of all stages: the front page and a place's home."""

from django.http import HttpRequest

from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Request, page, public
from programmes.stages import the_method


@public(because="what Living Well is, for anybody")
def front(request: HttpRequest) -> Answer:
    """Say what Living Well is; whoever has signed in goes on to their places."""
    return {}


@page(Permission.SEE_HOME)
def home(request: Request, site: Site) -> Answer:
    """Show the place's path with one next step."""
    return {"site": site, "stages": the_method()}
