"""Putting the draft away, and taking it up again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from programmes.access import Permission
from programmes.forms import Press
from programmes.models import Site
from programmes.pages import Answer, Refusals, Request, by, page
from vision import actions, forms
from vision.models import Vision
from vision.views.writing import of_a_draft

PUT_AWAY = "The draft is put away. You find it under “All versions”."
UNDONE_SINCE = "This was done before, and somebody took the draft up again since. Nothing was changed now."


@page(Permission.WRITE_WHY)
@of_a_draft
def put_away(request: Request, site: Site, vision: Vision) -> Answer:
    """Ask once, then put the draft away."""
    form = forms.PutAway.of(vision, request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotWrite):
            kept = actions.put_away(at=site, by=by(request, form), vision=vision, **form.cleaned_data)
            messages.info(request, PUT_AWAY if kept.is_put_away else UNDONE_SINCE)
            return redirect("vision:why", site=site.slug)
    return {"form": form, "draft": vision}


@page(Permission.WRITE_WHY, post_only=True)
def take_up_again(request: Request, site: Site, vision: Vision) -> Answer:
    """Go on with a draft that was put away."""
    form = Press(request.POST)
    if form.is_valid():
        try:
            actions.take_up_again(at=site, by=by(request, form), vision=vision)
        except actions.CannotWrite as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, "You can go on with this draft.")
            return redirect("vision:draft", site=site.slug)
    return redirect(f"{reverse('vision:history', kwargs={'site': site.slug})}?put-away=yes")
