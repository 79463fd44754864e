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
from vision.views.writing import of_a_draft


@page(Permission.ADOPT_WHY)
@of_a_draft
def adopt(request: Request, site: Site, vision: Vision) -> Answer:
    """Ask where and how the draft was adopted, and record it."""
    held = _held_since_the_one_before(vision, site)
    form = forms.Adopt.of(vision, request.POST or None, gatherings=held)
    if form.is_valid():
        with Refusals(form, actions.CannotAdopt):
            actions.adopt(at=site, by=by(request, form), vision=vision, **form.cleaned_data)
            messages.success(request, "Adopted. From now on these words are on every page.")
            return redirect("vision:why", site=site.slug)
    return {"form": form, "draft": vision, "voices": Voice.objects.at(site).behind(vision), "held": held}


def _held_since_the_one_before(vision: Vision, site: Site) -> QuerySet[Gathering]:
    """Return where the draft can be adopted; the action speaks about what is no draft any more."""
    before, held = Vision.objects.at(site).adopted().first(), gatherings_held(site)
    if before is None or before.adopted_at is None or not vision.is_draft:
        return held
    since = actions.last_look(before) or before.adopted_at
    return held.filter(starts_at__gt=before.adopted_at, starts_at__gte=since)


@page(Permission.ADOPT_WHY)
def look_again(request: Request, site: Site, vision: Vision) -> Answer:
    """Ask what people found when they read the vision again."""
    if request.method != "POST" and not vision.is_adopted:
        messages.info(request, actions.STANDS_NO_MORE)
        return redirect("vision:why", site=site.slug)
    held = gatherings_held(site)
    since = held.filter(starts_at__gte=vision.adopted_at) if vision.adopted_at else held
    form = forms.LookAgain(request.POST or None, gatherings=since)
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
