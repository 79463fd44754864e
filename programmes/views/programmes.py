"""Pages of a programme: its places in words, and who leads and coaches."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from people.models import Person
from programmes import actions, forms
from programmes.access import Permission, standings_of
from programmes.models import Invitation, Membership, PlaceCard, Programme, Site
from programmes.pages import Answer, Refusals, Request, by, page, yours
from programmes.roles import Role
from programmes.stages import PICTURES, Stage, Word, the_method
from programmes.views.people import A_PAGE, added, ending


@dataclass(frozen=True)
class Mark:
    """One stage of one place: the word that the place released, and since when it holds."""

    stage: Stage
    card: PlaceCard | None

    @property
    def picture(self) -> str:
        """The picture of the state: seed, shoot, tree or loop."""
        return PICTURES[self._word]

    @property
    def words(self) -> str:
        """The state in words. Records stay in the place: without a card nothing tells of them here."""
        return str(self._word.label)

    @property
    def is_unsaid(self) -> bool:
        """Whether it may have begun, and the place has not told."""
        return self._word is Word.NOT_SAID

    @property
    def _word(self) -> Word:
        said = self.card.state if self.card else None
        return self.stage.word(said, has_records=self.stage.keeps_records)


@dataclass(frozen=True)
class Place:
    """One place beside the others: in words, and never against them (X3)."""

    site: Site
    marks: list[Mark]

    @property
    def has_begun(self) -> bool:
        """Whether the place has said anything yet."""
        return any(mark.card is not None for mark in self.marks)

    @property
    def has_unsaid(self) -> bool:
        """Whether "Not said yet" stands beside one of its stages."""
        return self.has_begun and any(mark.is_unsaid for mark in self.marks)


@yours
def my_programmes(request: HttpRequest) -> Answer:
    """List the programmes that somebody leads or coaches."""
    mine = standings_of(cast(Person, request.user))
    return {"programmes": [standing.scope for standing in mine if standing.may(Permission.SEE_PROGRAMME)]}


@page(Permission.SEE_PROGRAMME)
def programme(request: Request, programme: Programme) -> Answer:
    """Show the places by name, each with its path in words: no order of merit, and no figures (X3)."""
    shown = Paginator(Site.objects.of(programme), A_PAGE).get_page(request.GET.get("page"))
    cards = PlaceCard.objects.at(programme).newest_of_each_stage().filter(site__in=list(shown))
    places = _places(shown, cards)
    unsaid = any(place.has_unsaid for place in places)
    return {"programme": programme, "page": shown, "places": places, "has_unsaid": unsaid}


@page(Permission.CHANGE_PROGRAMME_PEOPLE)
def programme_people(request: Request, programme: Programme) -> Answer:
    """List who leads and coaches."""
    rows = Membership.objects.of(programme).filter(group=None)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return {
        "programme": programme,
        "page": shown,
        "invited": Invitation.objects.not_in_yet(programme).count(),
    }


@page(Permission.CHANGE_PROGRAMME_PEOPLE)
def add_programme_person(request: Request, programme: Programme) -> Answer:
    """Ask who is to lead or to coach."""
    form = forms.AddProgrammePerson(request.POST or None)
    return added(request, programme, form, {"programme": programme}) or {"programme": programme, "form": form}


@page(Permission.CHANGE_PROGRAMME_PEOPLE)
def end_programme_role(request: Request, programme: Programme, person: UUID, membership: UUID) -> Answer:
    """Ask once more, then end what somebody is in the programme."""
    form = forms.Press(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotChangeRole):
            actions.end_role(at=programme, by=by(request, form), person_id=person, membership_id=membership)
            return _to_the_list(request, programme)
    return {"programme": programme, "form": form, **ending(programme, person, membership)}


def _to_the_list(request: Request, programme: Programme) -> HttpResponse:
    """Go to the list; whoever ended a role of their own may see it no more."""
    mine = Membership.objects.of(programme).filter(person=request.user, role=Role.PROGRAMME_LEAD)
    if mine.exists():
        return redirect("programmes:programme_people", programme=programme.slug)
    return redirect("programmes:my_programmes")


def _places(sites: Iterable[Site], cards: Iterable[PlaceCard]) -> list[Place]:
    of_site: Mapping[UUID, dict[str, PlaceCard]] = defaultdict(dict)
    for card in cards:
        of_site[card.site_id][card.stage] = card
    return [Place(site, _marks(of_site[site.pk])) for site in sites]


def _marks(cards: Mapping[str, PlaceCard]) -> list[Mark]:
    return [Mark(stage, cards.get(stage.slug)) for stage in the_method()]
