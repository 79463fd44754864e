"""Every table is owned, directory or queue; every field is personal, sensitive or plain."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from kit.models import Kept, Owned, Scope
from livingwell.fields import FIELDS, PLAIN_EVERYWHERE, kind_of
from people.models import Person
from tests.architecture.sources import PACKAGES

TABLES_OF_LIBRARIES = {
    "account.EmailAddress": "allauth: which sign-in addresses were confirmed",
    "account.EmailConfirmation": "allauth: links to confirm an address",
    "admin.LogEntry": "Django's admin: what operators did there",
    "auth.Permission": "Django: asked by the admin only",
    "auth.Group": "Django: unused; a group of ours is programmes.Group",
    "auth.Group_permissions": "Django: unused",
    "people.Person_groups": "Django: unused, comes with PermissionsMixin",
    "people.Person_user_permissions": "Django: operators' rights in the admin",
    "contenttypes.ContentType": "Django: names of our tables",
    "guardian.GroupObjectPermission": "guardian: unused; named readers have a table of ours",
    "guardian.UserObjectPermission": "guardian: unused; named readers have a table of ours",
    "sessions.Session": "Django: who is signed in",
    "usersessions.UserSession": "allauth: one's own sessions, to end them",
}


def is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label in PACKAGES and model._meta.label not in TABLES_OF_LIBRARIES


EVERY = apps.get_models(include_auto_created=True)
OURS = [pytest.param(model, id=model._meta.label) for model in EVERY if is_ours(model)]
OWNED = [each for each in OURS if issubclass(each.values[0], Owned)]  # type: ignore[arg-type]


class TestATable:
    @pytest.mark.parametrize("model", OURS)
    def test_is_owned_or_says_why_not(self, model: type[Any]) -> None:
        kept = getattr(model, "kept", None)
        assert kept in set(Kept), "say Owned, or kept = Kept.DIRECTORY or Kept.QUEUE"
        assert (kept is Kept.OWNED) == issubclass(model, Owned)
        if kept is not Kept.OWNED:
            assert len(vars(model).get("kept_because", "")) > 20, "say why, on this model itself"

    def test_of_a_library_stands_in_the_list_with_its_reason(self) -> None:
        foreign = {model._meta.label for model in EVERY if not is_ours(model)}
        assert foreign == set(TABLES_OF_LIBRARIES)

    @pytest.mark.parametrize("model", OWNED)
    def test_that_is_owned_is_reached_through_its_lock_alone(self, model: type[Any]) -> None:
        assert not isinstance(model.objects, models.Manager), "objects = At(…) or Within(…)"
        assert {manager.name for manager in model._meta.managers} == {"everywhere"}

    @pytest.mark.parametrize("model", OWNED)
    def test_that_is_owned_has_no_road_around_its_place(self, model: type[Any]) -> None:
        roads = [
            field.name
            for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
            if field.is_relation
            and isinstance(field.related_model, type)
            and issubclass(field.related_model, Person | Scope)
            and not field.remote_field.hidden
        ]
        assert not roads, 'related_name="+": person.notes would cross places'


def every_field() -> dict[str, set[str]]:
    """List the fields of each table of ours, without those that are plain wherever they are."""
    return {
        each.values[0]._meta.label: {  # type: ignore[union-attr]
            field.name
            for field in each.values[0]._meta.local_fields  # type: ignore[union-attr]
            if field.name not in PLAIN_EVERYWHERE
        }
        for each in OURS
    }


class TestAField:
    @pytest.mark.parametrize("label", every_field())
    def test_is_personal_sensitive_or_plain(self, label: str) -> None:
        listed = FIELDS[label].every if label in FIELDS else set()
        assert every_field()[label] - listed == set(), "say in livingwell/fields.py which kind it is"

    @pytest.mark.parametrize("label", FIELDS)
    def test_that_is_listed_is_there(self, label: str) -> None:
        assert FIELDS[label].every - every_field().get(label, set()) == set(), "it vanished"

    @pytest.mark.parametrize("label", FIELDS)
    def test_is_of_one_kind_only(self, label: str) -> None:
        kinds = FIELDS[label]
        assert len(kinds.every) == len(kinds.personal) + len(kinds.sensitive) + len(kinds.plain)

    def test_can_be_asked_for_its_kind(self) -> None:
        assert kind_of(Person, "name") == "personal"
        assert kind_of(Person, "id") == "plain"
        with pytest.raises(LookupError):
            kind_of(Person, "shoe_size")
