"""What stands around every page: the menu, the vision line, the whole why in the footer, and help."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kit import scope as scopes
from kit.outbox import letters_leave
from people.models import Person
from programmes.access import Permission, Standing
from programmes.models import Site
from programmes.pages import Here
from programmes.roles import SpaceKind
from programmes.stages import the_method
from programmes.support import ENGLAND, SupportLine, lines_for, lines_of
from vision.models import Value, Vision

FIRST_PAGES = (
    (Permission.SEE_HOME, "livingwell:home"),
    (Permission.SEE_PROGRESS, "reports:progress"),
    (Permission.SEE_WHY, "vision:why"),
    (Permission.KEEP_OWN_CARD, "welcome:own_card"),
)
RUNNING = (
    ("People", "programmes:people", Permission.CHANGE_PEOPLE, Permission.SEE_PEOPLE),
    ("Reports", "reports:reports", Permission.MAKE_REPORT, Permission.SEE_REPORTS),
    ("Settings", "programmes:settings", Permission.CHANGE_SETTINGS, Permission.CHANGE_SETTINGS),
)
"""Label and page, the right that says who runs this, and the right that opens the page: a place may rest."""

MENU_STAGES = ("together", "listen", "why", "design", "teams")


@dataclass(frozen=True)
class Item:
    """One entry of the menu."""

    label: str
    url: str
    is_current: bool


class Can:
    """Answers `here.can.record_gathering` in a template."""

    def __init__(self, here: Here) -> None:
        self._here = here

    def __getitem__(self, name: str) -> bool:
        try:
            permission = Permission[name.upper()]
        except KeyError as error:
            raise LookupError(name) from error
        return self._here.standing.may(permission, self._here.group)


class Frame:
    """What a template knows as `here`: the place, the hat, the menu and the vision."""

    def __init__(self, here: Here, path: str) -> None:
        self._here, self._path = here, path
        self.site, self.programme, self.space, self.group = here.site, here.programme, here.space, here.group
        self.you_are_here_as = here.hats
        self.can = Can(here)

    @property
    def comes_back_at(self) -> str:
        """Where this person may say that a place that rests comes back; empty when they may not."""
        if self.site is None or not self.can["rest_site"]:
            return ""
        return reverse("programmes:rest", kwargs={"site": self.site.slug})

    @property
    def vision_line(self) -> str:
        """The vision in one line, under the header of every page (ux 1.5)."""
        return self._vision.line if self._vision else ""

    @property
    def vision(self) -> str:
        """The whole vision, in every footer."""
        return self._vision.statement if self._vision else ""

    @property
    def values(self) -> list[Value]:
        """The values of the vision that stands now."""
        return list(self._vision.values.all()) if self._vision else []

    @cached_property
    def _vision(self) -> Vision | None:
        if self.site is None or not self._here.standing.may(Permission.SEE_WHY):
            return None
        with scopes.opened(self.site):
            return Vision.objects.at(self.site).adopted().prefetch_related("values").first()

    @cached_property
    def menu(self) -> list[Item]:
        """What this person can open here, at most seven entries (ux 1.3)."""
        if self.site is None:
            return []
        entries = [self._item(label, url) for label, url in menu_of(self.site, self._here.standing)]
        return [*entries, *([] if self.can["see_home"] else self.groups)][:7]

    @cached_property
    def running(self) -> list[Item]:
        """The second row, for whoever runs the place; a place that rests keeps what can be read."""
        if self.site is None:
            return []
        at, standing = {"site": self.site.slug}, self._here.standing
        return [
            self._item(label, reverse(page, kwargs=at))
            for label, page, runs, opens in RUNNING
            if standing.hats(runs) and standing.may(opens)
        ]

    @cached_property
    def groups(self) -> list[Item]:
        """The groups that this person is in, but for the Collaborative, which the menu leads to."""
        if self.site is None:
            return []
        held = {group.pk: group for _, _, group in self._here.standing.held if group is not None}
        return [
            self._item(group.name, reverse("programmes:group", args=[self.site.slug, group.pk]))
            for group in sorted(held.values(), key=str)
            if group.kind != SpaceKind.COLLABORATIVE and self._here.standing.may(Permission.SEE_GROUP, group)
        ]

    @cached_property
    def home(self) -> str:
        """The page of this place that the person lands on; the front page when none opens to them."""
        return (landing(self.site, self._here.standing) if self.site else None) or "/"

    def _item(self, label: str, url: str) -> Item:
        home = self.site is not None and url == reverse("livingwell:home", kwargs={"site": self.site.slug})
        return Item(label, url, self._path == url if home else self._path.startswith(url))


def landing(site: Site, standing: Standing) -> str | None:
    """Return the page of `site` that this person lands on (ux 1.3); None when no page opens to them."""
    pages = (page for right, page in FIRST_PAGES if standing.may(right))
    return next((reverse(page, kwargs={"site": site.slug}) for page in pages), None)


def menu_of(site: Site, standing: Standing) -> list[tuple[str, str]]:
    """Return label and address of each page of the menu that this person may open."""
    entries = [("Home", "livingwell:home", Permission.SEE_HOME)]
    entries += [(s.name, s.page, s.opens_with) for s in the_method() if s.slug in MENU_STAGES]
    entries += [("Progress", "reports:progress", Permission.SEE_PROGRESS)]
    if not standing.may(Permission.SEE_HOME):
        entries += [("Reports", "reports:reports", Permission.SEE_REPORTS)]
    return [
        (label, reverse(page, kwargs={"site": site.slug}))
        for label, page, right in entries
        if standing.may(right)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template `here` (None outside a place), the crisis lines, the looks, if letters leave."""
    here = getattr(request, "here", None)
    person = getattr(request, "user", None)
    return {
        "here": Frame(here, request.path) if here is not None else None,
        "support_lines": _support_lines(here, person),
        "settings_of_person": person if isinstance(person, Person) else None,
        "letters_leave": letters_leave(),
    }


def _support_lines(here: Here | None, person: object) -> list[SupportLine]:
    """Return the lines of the place one is in; outside a place, those of all one's places."""
    if here is not None and here.site is not None:
        return lines_of(here.site)
    return lines_for(person) if isinstance(person, Person) else ENGLAND
