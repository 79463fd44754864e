"""Pages of who takes part in a place: the list, adding somebody, and one person's roles here."""

from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kit.models import Scope
from kit.qr_codes import drawn
from people.models import Person
from programmes import actions, forms
from programmes.access import Permission
from programmes.models import Group, Invitation, Membership, Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from programmes.views.lines import lines_for

A_PAGE = 25
"""How many people or groups stand on one page."""


@page(Permission.SEE_PEOPLE)
def people(request: Request, site: Site) -> Answer:
    """List who takes part: names alone (C1); whoever runs the place sees more (`lines_for`)."""
    called = request.GET.get("name", "").replace("\0", "").strip()[:80]
    if not request.here.standing.may(Permission.SEE_CONTACTS):
        shown = _shown(request, _people_in(site, None, called))
        about = {"site": site, "page": shown, "people": shown.object_list}
        return {**about, "called": called, "query": _query(name=called)}
    groups = list(Group.objects.of(site))
    group = next((group for group in groups if str(group.pk) == request.GET.get("group")), None)
    shown = _shown(request, _people_in(site, group, called))
    about = {"site": site, "page": shown, "groups": groups, "group": group, "lines": lines_for(site, shown)}
    invited = 0 if called or group else Invitation.objects.not_in_yet(site).count()
    looked_for = {"called": called, "query": _query(name=called, group=str(group.pk) if group else "")}
    return {**about, **looked_for, "invited": invited}


@page(Permission.CHANGE_PEOPLE)
def add_person(request: Request, site: Site) -> Answer:
    """Ask who is to take part; then show their link once, or say that their invitation is on its way."""
    form = forms.AddPerson(request.POST or None)
    return added(request, site, form, {"site": site}) or {"site": site, "form": form}


@page(Permission.CHANGE_PEOPLE)
def person(request: Request, site: Site, person: UUID) -> Answer:
    """Show what one person is here, and give them another role."""
    somebody = person_here(site, person)
    roles = list(Membership.objects.of(site).filter(person=somebody))
    held = [] if request.POST else [(row.group_id, row.role) for row in roles]
    form = forms.GiveRole(request.POST or None, groups=list(Group.objects.of(site)), held=held)
    if form.is_valid():
        with Refusals(form, actions.CannotChangeRole):
            actions.hold_role(at=site, by=by(request, form), person=somebody, **form.cleaned_data)
            messages.success(request, f"Saved. {somebody.name} has one more role.")
            return redirect("programmes:person", site=site.slug, person=somebody.pk)
    return {"site": site, "form": form, **_card(site, somebody, roles)}


@page(Permission.CHANGE_PEOPLE, post_only=True)
def make_link(request: Request, site: Site, person: UUID) -> Answer:
    """Make a new one-time link, for somebody who lost theirs; by letter, or to be handed over."""
    form = forms.MakeLink(request.POST)
    somebody = person_here(site, person)
    if form.is_valid():
        try:
            invitation = actions.let_in(at=site, by=by(request, form), person=somebody, **form.cleaned_data)
        except actions.CannotLetIn as reason:
            messages.error(request, str(reason))
        else:
            return show_link(request, invitation, {"site": site})
    return redirect("programmes:person", site=site.slug, person=somebody.pk)


@page(Permission.CHANGE_PEOPLE)
def end_role(request: Request, site: Site, person: UUID, membership: UUID) -> Answer:
    """Ask once more, then end one role; with the last one, the person is off the list."""
    form = forms.Press(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotChangeRole):
            who = actions.end_role(at=site, by=by(request, form), person_id=person, membership_id=membership)
            messages.success(request, f"That role of {who.name} has ended.")
            return _onwards(request, site, person)
    return {"site": site, "form": form, **ending(site, person, membership)}


@page(Permission.CHANGE_PEOPLE)
def remove_person(request: Request, site: Site, person: UUID) -> Answer:
    """Ask once more, then take the person off the list of this place."""
    form = forms.Press(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotChangeRole):
            gone = actions.remove_person(at=site, by=by(request, form), person_id=person)
            messages.success(request, f"{gone.name} is no longer on the list.")
            return _onwards(request, site, person)
    held = Membership.objects.of(site).filter(person_id=person)
    stays = actions.why_keeper_stays(site, held)
    return {"site": site, "form": form, "person": person_here(site, person), "stays": stays}


def person_here(site: Site, person_id: UUID) -> Person:
    """Return the person with this id, if they take part in `site`.

    Raises:
        Http404: they do not; a person of another place and no person at all answer alike.
    """
    return get_or_404(Membership.objects.of(site).people(), pk=person_id)


def ending(
    scope: Scope, person_id: UUID, membership_id: UUID, group: Group | None = None
) -> dict[str, object]:
    """Return the role that is to end, of `group` if one is named, and whether it is all they hold in `scope`.

    Raises:
        Http404: they hold no such role.
    """
    rows = Membership.objects.of(scope).filter(person_id=person_id)
    row = get_or_404(rows.filter(group=group) if group is not None else rows, pk=membership_id)
    is_last = not rows.exclude(pk=row.pk).exists()
    return {"role": row, "is_last": is_last, "stays": actions.why_keeper_stays(scope, [row])}


def added(request: Request, at: Scope, form: forms.Somebody, back: dict[str, object]) -> HttpResponse | None:
    """Add the person that `form` names, and show their link; None to ask again.

    `back` says where the page with the link leads to.
    """
    if form.is_valid():
        with Refusals(form, actions.CannotAddPerson, field="email"):
            invitation = actions.add_person(at=at, by=by(request, form), **form.cleaned_data)
            return show_link(request, invitation, back)
    return None


def show_link(request: HttpRequest, invitation: Invitation, place: dict[str, object]) -> HttpResponse:
    """Show a one-time link once; sending the same form again finds that it was shown."""
    link = actions.link_of(invitation)
    code = {"groups": invitation.secret.split("-"), "picture": drawn(link)} if link else {}
    known = {"link": link, "invitation": invitation, "type_at": actions.where_to_type()}
    return render(request, "programmes/one_time_link.html", {**known, **code, **place})


def _onwards(request: Request, site: Site, person_id: UUID) -> HttpResponse:
    """Go on to a page that is still open; whoever ended a role of their own may see this place no more."""
    if request.user.pk == person_id:
        return redirect("livingwell:front")
    if Membership.objects.of(site).filter(person_id=person_id).exists():
        return redirect("programmes:person", site=site.slug, person=person_id)
    return redirect("programmes:people", site=site.slug)


def _shown(request: Request, people: QuerySet[Person]) -> "Page[Person]":
    return Paginator(people, A_PAGE).get_page(request.GET.get("page"))


def _people_in(site: Site, group: Group | None, called: str) -> QuerySet[Person]:
    """Return who is in the place, or in `group`, and has `called` in their name, in whichever alphabet.

    SQLite folds a to z alone, so that the names are compared here.
    """
    rows = Membership.objects.of(site)
    people = (rows.filter(group=group) if group is not None else rows).people()
    if not called:
        return people
    names = people.values_list("pk", "name")
    return people.filter(pk__in=[key for key, name in names if called.casefold() in name.casefold()])


def _query(**looked_for: str) -> str:
    """Return what the links to further pages keep of the address, beginning with "&"."""
    kept = urlencode({name: words for name, words in looked_for.items() if words})
    return f"&{kept}" if kept else ""


def _card(site: Site, somebody: Person, roles: Iterable[Membership]) -> dict[str, object]:
    return {
        "line": lines_for(site, [somebody])[0],
        "roles": roles,
        "press": forms.MakeLink(),
        "press_by_hand": None
        if actions.needs_no_link(somebody)
        else forms.MakeLink(initial={"by_hand": True}),
    }
