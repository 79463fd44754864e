"""Pages of what was said: agreements, worries, asks, and the answers to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from collaboratives import actions, forms
from collaboratives.models import ANSWERED, Agreement, Ask, Dissent, DissentAnswer, Gathering
from programmes.access import Permission
from programmes.models import Group
from programmes.pages import Answer, Refusals, Request, by, page


@page(Permission.RECORD_GATHERING)
def add_agreement(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Ask what people agreed and how, and keep it."""
    if request.method != "POST" and (refused := actions.why_nothing_came_of_it(gathering, timezone.now())):
        return _led_back(gathering.pk, request, refused)
    form = forms.AddAgreement(request.POST or None)
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAdd):
            actions.add_agreement(within=collaborative, by=who, gathering=gathering, **said)
            return _to(gathering.pk, request, "The agreement is kept.")
    return {"form": form, "gathering": gathering}


@page(Permission.RECORD_GATHERING)
def correct_agreement(request: Request, collaborative: Group, agreement: Agreement) -> Answer:
    """Ask for the right words of an agreement; the first ones can still be read."""
    if request.method != "POST" and (refused := actions.why_agreement_stays(agreement)):
        return _led_back(agreement.gathering_id, request, refused)
    words = forms.AddAgreement.words_of(agreement)
    form, gathering = forms.AddAgreement(request.POST or None, initial=words), agreement.gathering
    if form.is_valid():
        who, said = by(request, form), {**form.cleaned_data, "corrects": agreement}
        with Refusals(form, actions.CannotAdd):
            actions.add_agreement(within=collaborative, by=who, gathering=gathering, **said)
            return _to(gathering.pk, request, "The agreement is corrected.")
    return {"form": form, "gathering": gathering}


@page(Permission.RECORD_GATHERING)
def add_ask(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Ask what is asked of whom, and keep it."""
    if request.method != "POST" and (refused := actions.why_nothing_came_of_it(gathering, timezone.now())):
        return _led_back(gathering.pk, request, refused)
    form = forms.AddAsk(request.POST or None)
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAdd):
            actions.add_ask(within=collaborative, by=who, gathering=gathering, **said)
            return _to(gathering.pk, request, "The ask is kept.")
    return {"form": form, "gathering": gathering}


@page(Permission.RECORD_GATHERING)
def change_ask(request: Request, collaborative: Group, ask: Ask) -> Answer:
    """Change the words of an ask that waits for its answer."""
    if request.method != "POST" and (refused := actions.why_ask_stays(ask)):
        return _led_back(ask.gathering_id, request, refused)
    form = forms.ChangeAsk.of(ask, request.POST or None)
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAdd, too_late=actions.why_ask_stays):
            actions.change_ask(within=collaborative, by=who, ask=ask, **said)
            return _to(ask.gathering_id, request, "The ask is changed.")
    return {"form": form, "gathering": ask.gathering}


@page(Permission.ADD_DISSENT)
def add_worry(request: Request, collaborative: Group, gathering: Gathering) -> Answer:
    """Ask for a worry in a member's own words, and keep it."""
    form = _worry_form(request, collaborative, gathering)
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAdd):
            actions.add_worry(within=collaborative, by=who, gathering=gathering, **said)
            return _to(gathering.pk, request, "Your worry is kept, in your words. It will get an answer.")
    return {"form": form, "gathering": gathering}


@page(Permission.ANSWER_DISSENT)
def answer_worry(request: Request, collaborative: Group, dissent: Dissent) -> Answer:
    """Show a worry and ask for the answer to it."""
    if request.method != "POST" and dissent.is_answered:
        return _led_back(dissent.gathering_id, request, ANSWERED)
    form = forms.AnswerWorry(request.POST or None)
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAnswer):
            actions.answer_worry(within=collaborative, by=who, dissent=dissent, **said)
            return _to(dissent.gathering_id, request, "The answer is kept beside the worry.")
    return {"form": form, "worry": dissent, "gathering": dissent.gathering}


@page(Permission.ANSWER_DISSENT)
def correct_answer(request: Request, collaborative: Group, answer: DissentAnswer) -> Answer:
    """Ask for the right words of an answer to a worry; the first ones can still be read."""
    worry = answer.dissent
    if request.method != "POST" and (refused := actions.why_answer_stays(answer)):
        return _led_back(worry.gathering_id, request, refused)
    form = forms.AnswerWorry(request.POST or None, initial={"words": answer.words})
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAnswer):
            actions.correct_answer(within=collaborative, by=who, answer=answer, **said)
            return _to(worry.gathering_id, request, "The answer is corrected.")
    return {"form": form, "worry": worry, "gathering": worry.gathering}


@page(Permission.RECORD_GATHERING)
def answer_ask(request: Request, collaborative: Group, ask: Ask) -> Answer:
    """Show an ask and take down the answer to it."""
    form = forms.AnswerAsk.of(ask, request.POST or None)
    if form.is_valid():
        who, said = by(request, form), form.cleaned_data
        with Refusals(form, actions.CannotAnswer):
            actions.answer_ask(within=collaborative, by=who, ask=ask, **said)
            return _to(ask.gathering_id, request, "The answer is kept.")
    return {"form": form, "ask": ask, "gathering": ask.gathering}


def _worry_form(request: Request, collaborative: Group, gathering: Gathering) -> forms.AddWorry:
    agreements = Agreement.objects.within(collaborative).filter(gathering=gathering).standing().in_order()
    for_others = request.here.standing.may(Permission.RECORD_GATHERING)
    kind = forms.EnterWorry if for_others else forms.AddWorry
    return kind(request.POST or None, agreements=agreements)


def _to(gathering: UUID, request: Request, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return _shown(gathering, request)


def _led_back(gathering: UUID, request: Request, words: str) -> HttpResponseBase:
    messages.info(request, words)
    return _shown(gathering, request)


def _shown(gathering: UUID, request: Request) -> HttpResponseBase:
    site = request.here.site
    return redirect("collaboratives:gathering", site=site.slug if site else "", gathering=gathering)
