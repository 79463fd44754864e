"""The page on which a facilitator says where the place stands with one stage."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect

from programmes import actions, forms
from programmes.access import Permission
from programmes.models import Site, StageState
from programmes.pages import Answer, Refusals, Request, by, page
from programmes.stages import Stage, stage_called


@page(Permission.SET_STAGE)
def stage(request: Request, site: Site, stage: str) -> Answer:
    """Set the state of one stage, beside what its own records suggest."""
    asked = _asked(stage)
    states = list(StageState.objects.at(site))
    before = actions.earlier_not_begun(asked, site)
    form = _form(asked, states, request.POST or None, comes_early=bool(before))
    if form.is_valid():
        with Refusals(form, actions.CannotSetStage, field="why_early"):
            actions.set_stage(at=site, by=by(request, form), stage=asked.slug, **form.cleaned_data)
            messages.success(request, f"{asked.name}: saved.")
            return redirect("livingwell:home", site=site.slug)
    return {"site": site, "form": form, "stage": asked, "before": before, **_suggestion(asked, site)}


def _form(
    stage: Stage, states: Iterable[StageState], data: QueryDict | None, *, comes_early: bool
) -> forms.SetStage:
    row = next((state for state in states if state.stage == stage.slug), None)
    if row is None:
        return forms.SetStage(data, comes_early=comes_early)
    return forms.SetStage.of(row, data, comes_early=comes_early)


def _suggestion(stage: Stage, site: Site) -> dict[str, str]:
    progress = stage.progress(site)
    return {"suggested": StageState.State(progress.suggests).label, "because": progress.because}


def _asked(slug: str) -> Stage:
    found = stage_called(slug)
    if found is None:
        raise Http404
    return found
