"""Writing the next version: its words and its values."""

from functools import wraps
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from kit.pages import View
from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from vision import actions, forms
from vision.models import Value, Vision, Voice


def of_a_draft(view: View) -> View:
    """Lead back to the why from a page about a draft that is none any more.

    A form that was open meanwhile is not led away: the action refuses it, and its words stay on the page.
    """

    @wraps(view)
    def led(request: Request, site: Site, vision: Vision) -> Answer:
        if request.method != "POST" and not vision.is_draft:
            return _stays(request, site, vision)
        return cast(Answer, view(request, site, vision=vision))

    return led


@page(Permission.WRITE_WHY)
def start(request: Request, site: Site) -> Answer:
    """Start the first version or the next one; a draft that is open is shown instead."""
    versions = Vision.objects.at(site)
    if request.method != "POST" and versions.drafts().exists():
        return redirect("vision:draft", site=site.slug)
    is_first = not versions.agreed().exists()
    form = (forms.StartFirst if is_first else forms.StartNext)(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotWrite):
            started = actions.start_draft(at=site, by=by(request, form), **form.cleaned_data)
            return redirect("vision:write", site=site.slug, vision=started.pk)
    return {"form": form, "is_first": is_first}


@page(Permission.WRITE_WHY)
def draft(request: Request, site: Site) -> Answer:
    """Show the draft as far as it has come, and lead to each part of it; without one, start it first."""
    draft = Vision.objects.at(site).drafts().first()
    if draft is None:
        return _start_first(request, site)
    return {
        "draft": draft,
        "values": [(value, _move(up=True), _move(up=False)) for value in draft.values.all()],
        "voices": Voice.objects.at(site).behind(draft),
    }


@page(Permission.WRITE_WHY)
@of_a_draft
def write(request: Request, site: Site, vision: Vision) -> Answer:
    """Write the words of the draft, and nothing else, so that no link beside them loses what was typed."""
    is_first = not Vision.objects.at(site).agreed().exclude(pk=vision.pk).exists()
    form = (forms.WriteFirst if is_first else forms.WriteNext).of(vision, request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotWrite):
            actions.write_draft(at=site, by=by(request, form), vision=vision, **form.cleaned_data)
            return _back(request, site, "The words are kept.")
    return {"form": form, "draft": vision}


def _start_first(request: Request, site: Site) -> HttpResponseBase:
    messages.info(request, "Nobody is writing a new version. Start one first.")
    return redirect("vision:start", site=site.slug)


def _move(*, up: bool) -> forms.MoveValue:
    return forms.MoveValue(initial={"up": up}, auto_id=False)


@page(Permission.WRITE_WHY)
@of_a_draft
def add_value(request: Request, site: Site, vision: Vision) -> Answer:
    """Add a value to the draft."""
    form = forms.SayValue(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotWrite):
            actions.add_value(at=site, by=by(request, form), vision=vision, **form.cleaned_data)
            return _back(request, site, "The value is added.")
    return {"form": form}


@page(Permission.WRITE_WHY)
def change_value(request: Request, site: Site, value: Value) -> Answer:
    """Change a value of the draft."""
    if request.method != "POST" and not value.vision.is_draft:
        return _stays(request, site, value.vision)
    form = forms.SayValue.of(value, request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotWrite):
            actions.change_value(at=site, by=by(request, form), value=value, **form.cleaned_data)
            return _back(request, site, "The value is changed.")
    return {"form": form, "value": value}


@page(Permission.WRITE_WHY)
def remove_value(request: Request, site: Site, value: UUID) -> Answer:
    """Ask once, then take a value out of the draft; two taps take it out once."""
    form = forms.RemoveValue(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotWrite):
            actions.remove_value(at=site, by=by(request, form), value_id=value)
            return _back(request, site, "The value is taken out of the draft.")
    found = get_or_404(Value.objects.at(site).select_related("vision"), pk=value)
    if request.method != "POST" and not found.vision.is_draft:
        return _stays(request, site, found.vision)
    return {"form": form, "value": found}


@page(Permission.WRITE_WHY, post_only=True)
def move_value(request: Request, site: Site, value: Value) -> Answer:
    """Move a value of the draft one place up or down."""
    form = forms.MoveValue(request.POST)
    if form.is_valid():
        try:
            actions.move_value(at=site, by=by(request, form), value=value, **form.cleaned_data)
        except actions.CannotWrite as reason:
            messages.error(request, str(reason))
    return redirect("vision:draft", site=site.slug)


def _stays(request: Request, site: Site, vision: Vision) -> HttpResponseBase:
    """Say why a version that is no draft has no form, and lead back to the why."""
    messages.info(request, actions.PUT_AWAY if vision.is_put_away else actions.STAYS)
    return redirect("vision:why", site=site.slug)


def _back(request: Request, site: Site, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return redirect("vision:draft", site=site.slug)
