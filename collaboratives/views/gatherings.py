"""Pages of the gatherings: the list, one of them, planning, cancelling and recording."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from collaboratives import actions, forms
from collaboratives.models import Agreement, Ask, Dissent, Gathering
from programmes.access import Permission
from programmes.models import Group
from programmes.pages import Answer, Refusals, Request, by, page

ON_A_PAGE = 25
BEEN = "Kept. Now you can record what happened."


@page(Permission.SEE_GATHERINGS)
def gatherings(request: Request, collaborative: Group) -> Answer:
    """List the gatherings: what is ahead first, then what has been."""
    rows = Gathering.objects.within(collaborative).what_is_ahead_first(timezone.now())
    return {
        "collaborative": collaborative,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
    }


@page(Permission.SEE_GATHERINGS)
def gathering(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Show one gathering: before it, what to expect; after it, the record; and what was said about it."""
    now, rows = timezone.now(), Gathering.objects.within(collaborative)
    said = _said_at(gathering, collaborative)
    actions.note_answers_read(said["worries"], request.here.standing.person)
    return {
        "gathering": gathering,
        "has_begun": gathering.has_begun(now),
        "has_met": gathering.has_begun(now) and not gathering.is_cancelled,
        "is_over": gathering.is_over(now),
        "last_time": rows.held().with_totals().first() if gathering.is_planned else None,
        "room": gathering.room,
        **said,
    }


def _said_at(gathering: Gathering, collaborative: Group) -> dict[str, Any]:
    agreements = Agreement.objects.within(collaborative).filter(gathering=gathering)
    worries = Dissent.objects.within(collaborative).filter(gathering=gathering)
    asks = Ask.objects.within(collaborative).filter(gathering=gathering)
    return {
        "agreements": agreements.with_earlier_words(),
        "worries": worries.in_order().with_answers(),
        "asks": asks.in_order(),
    }


@page(Permission.PLAN_GATHERING)
def plan_gathering(request: Request, collaborative: Group) -> Answer:
    """Ask for a plan, and keep it."""
    form = forms.PlanAGathering(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotPlan):
            planned = actions.plan_gathering(within=collaborative, by=by(request, form), **form.cleaned_data)
            been = planned.has_begun(timezone.now())
            return _to(
                planned, request, BEEN if been else "Planned. Everybody in the Collaborative can see it."
            )
    return {"form": form}


@page(Permission.PLAN_GATHERING)
def change_plan(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Change the plan of a gathering; of one that took place, correct its name, day or place."""
    if request.method != "POST" and (refused := actions.why_plan_stays(gathering)):
        return _back_to(gathering, request, refused)
    form = forms.PlanGathering.of(gathering, request.POST or None)
    if form.is_valid():
        who, plan = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotPlan, too_late=actions.why_plan_stays):
            actions.change_plan(within=collaborative, by=who, gathering=gathering, **plan)
            return _to(gathering, request, "Your changes are saved.")
    return {"form": form, "gathering": gathering}


@page(Permission.PLAN_GATHERING)
def cancel_gathering(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Ask why it will not take place, and cancel it."""
    if request.method != "POST" and (refused := actions.why_not_cancelled(gathering)):
        return _back_to(gathering, request, refused)
    form = forms.CancelGathering.of(gathering, request.POST or None)
    if form.is_valid():
        who, why = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotCancel, too_late=actions.why_not_cancelled):
            actions.cancel_gathering(within=collaborative, by=who, gathering=gathering, **why)
            return _to(gathering, request, "Cancelled. Please tell people in the way they asked for.")
    return {"form": form, "gathering": gathering}


@page(Permission.RECORD_GATHERING)
def record_gathering(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Ask what happened and who was in the room, and record it."""
    if request.method != "POST" and (refused := _why_no_record(gathering)):
        return _back_to(gathering, request, refused)
    form = forms.RecordGathering.read_by(request.user, gathering, request.POST or None)
    if form.is_valid():
        who, record = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotRecord, too_late=_why_no_record):
            actions.record_gathering(within=collaborative, by=who, gathering=gathering, **record)
            return _to(gathering, request, "The record is kept.")
    return {"form": form, "gathering": gathering}


def _why_no_record(gathering: Gathering) -> str:
    return actions.why_no_record(gathering, timezone.now())


def _to(gathering: Gathering, request: Request, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return _shown(gathering, request)


def _back_to(gathering: Gathering, request: Request, words: str) -> HttpResponseBase:
    messages.info(request, words)
    return _shown(gathering, request)


def _shown(gathering: Gathering, request: Request) -> HttpResponseBase:
    site = request.here.site
    return redirect("collaboratives:gathering", site=site.slug if site else "", gathering=gathering.pk)
