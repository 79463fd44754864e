"""Adopting the draft, and looking at the vision again."""

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import redirect

from collaboratives.models import Gathering
from programmes.access import Permission
from programmes.models import Group, Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from programmes.roles import SpaceKind
from vision import actions, forms
from vision.models import Vision, Voice
from vision.views.writing import being_written, start_first


@page(Permission.ADOPT_WHY)
def adopt(request: Request, site: Site) -> Answer:
    """Ask where and how the draft was adopted, and record it."""
    draft = being_written(request, site)
    if draft is None:
        return start_first(request, site)
    before = Vision.objects.at(site).adopted().exclude(pk=draft.pk).first()
    held = gatherings_held(site)
    if before is not None:
        held = held.filter(starts_at__gt=before.adopted_at)
        held = held.filter(starts_at__gte=actions.last_look(before) or before.adopted_at)
    form = forms.Adopt.of(draft, request.POST or None, gatherings=held)
    if form.is_valid():
        with Refusals(form, actions.CannotAdopt):
            actions.adopt(at=site, by=by(request, form), vision=draft, **form.cleaned_data)
            messages.success(request, "Adopted. From now on these words are on every page.")
            return redirect("vision:why", site=site.slug)
    return {"form": form, "draft": draft, "voices": Voice.objects.at(site).behind(draft), "held": held}


@page(Permission.ADOPT_WHY)
def look_again(request: Request, site: Site) -> Answer:
    """Ask what people found when they read the vision again."""
    vision = Vision.objects.at(site).adopted().first()
    if vision is None:
        messages.info(request, "There is no vision to read again yet.")
        return redirect("vision:why", site=site.slug)
    held = gatherings_held(site).filter(starts_at__gte=vision.adopted_at)
    form = forms.LookAgain(request.POST or None, gatherings=held)
    if form.is_valid():
        with Refusals(form, actions.CannotLook):
            actions.look_again(at=site, by=by(request, form), vision=vision, **form.cleaned_data)
            messages.success(request, "Kept. The vision was looked at again.")
            return redirect("vision:why", site=site.slug)
    return {"form": form, "vision": vision}


def gatherings_held(site: Site) -> QuerySet[Gathering]:
    """Return the recorded gatherings of the site's Collaborative, latest first."""
    collaborative = get_or_404(Group.objects.of(site), kind=SpaceKind.COLLABORATIVE)
    return Gathering.objects.within(collaborative).held()
