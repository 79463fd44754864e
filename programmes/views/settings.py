"""Pages about a place itself: its settings, help lines, localities, and resting."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect

from programmes import actions, forms
from programmes.access import Permission
from programmes.models import Locality, Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from programmes.support import lines_of


@page(Permission.CHANGE_SETTINGS)
def settings(request: Request, site: Site) -> Answer:
    """Change the place's name and contact; the help lines and localities stand below."""
    form = forms.ChangeSettings.of(site, request.POST or None)
    if form.is_valid():
        actions.change_settings(at=site, by=by(request, form), **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("programmes:settings", site=site.slug)
    localities = Locality.objects.at(site).by_name()
    return {"site": site, "form": form, "lines": lines_of(site), "localities": localities}


@page(Permission.CHANGE_SETTINGS)
def change_support_lines(request: Request, site: Site) -> Answer:
    """Change whom people can call when somebody is not safe."""
    form = forms.ChangeSupportLines.of(site, request.POST or None)
    if form.is_valid():
        with Refusals(form):
            lines, sure = form.lines(), form.cleaned_data["sure"]
            actions.change_support_lines(at=site, by=by(request, form), lines=lines, sure=sure)
            messages.success(request, "Saved.")
            return redirect("programmes:settings", site=site.slug)
    return {"site": site, "form": form}


@page(Permission.CHANGE_SETTINGS)
def add_locality(request: Request, site: Site) -> Answer:
    """Add a neighbourhood."""
    form = forms.KeepLocality(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotKeepLocality, field="name"):
            actions.add_locality(at=site, by=by(request, form), **form.cleaned_data)
            messages.success(request, "Added.")
            return redirect("programmes:settings", site=site.slug)
    return {"site": site, "form": form}


@page(Permission.CHANGE_SETTINGS)
def rename_locality(request: Request, site: Site, locality: Locality) -> Answer:
    """Give a neighbourhood another name."""
    form = forms.KeepLocality.of(locality, request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotKeepLocality, field="name"):
            actions.rename_locality(at=site, by=by(request, form), locality=locality, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("programmes:settings", site=site.slug)
    return {"site": site, "form": form, "locality": locality}


@page(Permission.CHANGE_SETTINGS)
def remove_locality(request: Request, site: Site, locality: UUID) -> Answer:
    """Ask once more, then remove a neighbourhood in which nothing was recorded."""
    form = forms.Press(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotKeepLocality):
            actions.remove_locality(at=site, by=by(request, form), locality_id=locality)
            messages.success(request, "Removed.")
            return redirect("programmes:settings", site=site.slug)
    found = get_or_404(Locality.objects.at(site), pk=locality)
    return {"site": site, "form": form, "locality": found}


RESTS = "Done. Everybody here can read how things stand."
UNDONE_SINCE = "This was done before, and undone since. Nothing was changed now."


@page(Permission.REST_SITE)
def rest(request: Request, site: Site) -> Answer:
    """Pause the place, let it leave, or bring it back; everything stays readable."""
    form = forms.RestSite.of(site, request.POST or None, standing=site.status)
    if form.is_valid():
        with Refusals(form, actions.CannotRest, field="status_reason"):
            now = actions.rest_site(at=site, by=by(request, form), **form.cleaned_data)
            done = now.status == form.cleaned_data["status"]
            messages.info(request, RESTS if done else UNDONE_SINCE)
            return redirect("programmes:rest", site=site.slug)
    return {"site": site, "form": form}
