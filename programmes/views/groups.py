"""Pages of a place's groups: the list, a group's home, and who is in it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect

from programmes import actions, forms
from programmes.access import Permission
from programmes.models import Group, Membership, Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from programmes.views.people import A_PAGE, ending


@page(Permission.SEE_PEOPLE)
def groups(request: Request, site: Site) -> Answer:
    """List the groups, the Collaborative first; a group that this person may open is a link."""
    shown = Paginator(Group.objects.of(site), A_PAGE).get_page(request.GET.get("page"))
    may = request.here.standing.may
    return {
        "site": site,
        "page": shown,
        "groups": [(group, may(Permission.SEE_GROUP, group)) for group in shown],
    }


@page(Permission.SEE_GROUP)
def group(request: Request, group: Group) -> Answer:
    """Show what the group is for and who is in it, by name."""
    rows = Membership.objects.of(group.scope).filter(group=group)
    if request.here.standing.may(Permission.CHANGE_PEOPLE):
        shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        return {"group": group, "page": shown, "rows": shown.object_list}
    people = Paginator(rows.people(), A_PAGE).get_page(request.GET.get("page"))
    return {"group": group, "page": people, "people": people.object_list}


@page(Permission.CHANGE_PEOPLE)
def add_group(request: Request, site: Site) -> Answer:
    """Ask which kind of group, what it is called and what it is for."""
    form = forms.AddGroup(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotKeepGroup, field="name"):
            made = actions.add_group(at=site, by=by(request, form), **form.cleaned_data)
            return redirect("programmes:group", site=site.slug, group=made.pk)
    return {"site": site, "form": form}


@page(Permission.CHANGE_PEOPLE)
def change_group(request: Request, site: Site, group: UUID) -> Answer:
    """Change what the group is called and what it is for."""
    found = _group_here(site, group)
    form = forms.ChangeGroup.of(found, request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotKeepGroup, field="name"):
            actions.change_group(at=site, by=by(request, form), group=found, **form.cleaned_data)
            return redirect("programmes:group", site=site.slug, group=found.pk)
    return {"site": site, "group": found, "form": form}


@page(Permission.CHANGE_PEOPLE)
def join_group(request: Request, site: Site, group: UUID) -> Answer:
    """Ask who of the place joins the group, and as what."""
    found = _group_here(site, group)
    everybody = list(Membership.objects.of(site).people())
    form = forms.JoinGroup(request.POST or None, group=found, people=everybody)
    if form.is_valid():
        with Refusals(form, actions.CannotChangeRole, field="person"):
            actions.hold_role(at=site, by=by(request, form), group=found, **form.cleaned_data)
            return redirect("programmes:group", site=site.slug, group=found.pk)
    return {"site": site, "group": found, "form": form}


@page(Permission.CHANGE_PEOPLE)
def leave_group(request: Request, site: Site, group: UUID, person: UUID, membership: UUID) -> Answer:
    """Ask once more, then take somebody out of the group; what else they are here stays."""
    found, form = _group_here(site, group), forms.Press(request.POST or None)
    if form.is_valid():
        who = by(request, form)
        actions.end_role(at=site, by=who, person_id=person, membership_id=membership, group=found)
        messages.success(request, "They are no longer in this group.")
        return redirect("programmes:group", site=site.slug, group=found.pk)
    return {"site": site, "group": found, "form": form, **ending(site, person, membership, group=found)}


def _group_here(site: Site, group_id: UUID) -> Group:
    return get_or_404(Group.objects.of(site), pk=group_id)
