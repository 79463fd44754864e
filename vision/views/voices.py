"""Adding a voice behind the vision, and taking one back."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect

from programmes.access import Permission
from programmes.models import Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from vision import actions, forms
from vision.models import Voice
from vision.views.adopting import gatherings_held


@page(Permission.ADD_VOICE)
def add_voice(request: Request, site: Site) -> Answer:
    """Ask what somebody said, and keep it."""
    form = forms.AddVoice(request.POST or None, gatherings=gatherings_held(site))
    if form.is_valid():
        with Refusals(form, actions.CannotAdd):
            actions.add_voice(at=site, by=by(request, form), **form.cleaned_data)
            messages.success(request, "Thank you. The voice is kept.")
            return redirect("vision:why", site=site.slug)
    return {"form": form}


@page(Permission.TAKE_BACK_VOICE)
def take_back_voice(request: Request, site: Site, voice: Voice) -> Answer:
    """Ask once, then empty a voice's words everywhere."""
    return _take_back(request, site, voice)


@page(Permission.TAKE_BACK_OWN_VOICE)
def take_back_own_voice(request: Request, site: Site, voice: UUID) -> Answer:
    """Ask once, then empty the words of a voice that this person added."""
    return _take_back(request, site, get_or_404(actions.voices_added_by(request.user, site), pk=voice))


def _take_back(request: Request, site: Site, voice: Voice) -> Answer:
    form = forms.TakeBackVoice(request.POST or None)
    if voice.taken_back_at and not form.is_bound:
        messages.info(request, "These words were taken back before.")
        return redirect("vision:why", site=site.slug)
    if form.is_valid():
        actions.take_back_voice(at=site, by=by(request, form), voice=voice)
        messages.success(request, "It is gone from here. Taking words back is always OK.")
        return redirect("vision:why", site=site.slug)
    return {"form": form, "voice": voice}
