"""What each field holds: something personal, something sensitive, or neither. Drives exports and redaction.

*personal* says who somebody is, or leads to it. *sensitive* is what could hurt if it came out: lived
experience, access needs, worries, and free words in which people speak of themselves or of others. *plain* is
the rest. A field that stands in no line fails the tests.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

PLAIN_EVERYWHERE = frozenset({"id", "scope", "group", "version", "scope_ptr"})
"""Keys of our own making: they say where a row is, and nothing about anybody."""


@dataclass(frozen=True)
class Kinds:
    """The fields of one table, by kind; each kind is a line of names."""

    personal_line: str = ""
    sensitive_line: str = ""
    plain_line: str = ""

    @cached_property
    def personal(self) -> frozenset[str]:
        """Fields that say who somebody is."""
        return frozenset(self.personal_line.split())

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Fields that could hurt somebody if they came out."""
        return frozenset(self.sensitive_line.split())

    @cached_property
    def plain(self) -> frozenset[str]:
        """Fields about things, not people."""
        return frozenset(self.plain_line.split())

    @property
    def every(self) -> frozenset[str]:
        """All of them."""
        return self.personal | self.sensitive | self.plain

    def kind_of(self, field: str) -> str | None:
        """Return `personal`, `sensitive` or `plain`; None for a field that stands in no line."""
        kinds = {"personal": self.personal, "sensitive": self.sensitive, "plain": self.plain}
        return next((kind for kind, fields in kinds.items() if field in fields), None)


def _kinds(*, personal: str = "", sensitive: str = "", plain: str = "") -> Kinds:
    return Kinds(personal, sensitive, plain)


FIELDS: dict[str, Kinds] = {
    "kit.Scope": _kinds(plain="kind within"),
    "kit.Event": _kinds(personal="person", plain="at did system about_kind about_id facts"),
    "kit.Seal": _kinds(plain="event position digest"),
    "kit.Unsealed": _kinds(plain="event_id scope_id"),
    "kit.FormKey": _kinds(personal="person", plain="key digest claimed_at result_kind result_id"),
    "kit.Job": _kinds(
        personal="owed_to",
        plain="kind row_id state attempt token lease_until queued_at due_at rung_at finished_at percent "
        "phase reason",
    ),
    "kit.Letter": _kinds(personal="to address", sensitive="facts", plain="kind owed_at sent_at stayed_here"),
    "people.Person": _kinds(
        personal="name email last_login joined_at",
        sensitive="password sessions_key",
        plain="is_superuser is_active is_staff text_size colours low_data shares_device",
    ),
    "programmes.Programme": _kinds(plain="name slug purpose"),
    "programmes.Site": _kinds(
        personal="contact_name contact_phone", plain="name slug status status_reason support_lines"
    ),
    "programmes.Locality": _kinds(plain="name"),
    "programmes.StageState": _kinds(plain="stage state note why_early set_at"),
    "programmes.PlaceCard": _kinds(plain="site stage state why_early released_at"),
    "programmes.Group": _kinds(plain="kind name purpose"),
    "programmes.Membership": _kinds(personal="person role since"),
    "programmes.TakenRole": _kinds(personal="person", sensitive="role"),
    "programmes.ContactCard": _kinds(
        personal="person way email phone address through_whom", sensitive="access_needs", plain="keep_private"
    ),
    "programmes.Invitation": _kinds(
        personal="person name email roles",
        sensitive="digest",
        plain="went_by_letter works_until used_at declined_at",
    ),
    "collaboratives.Gathering": _kinds(
        personal="counted_by",
        sensitive="notes",
        plain="title starts_at ends_at place access purpose state cancelled_because people_came recorded_at "
        "closed_at",
    ),
    "collaboratives.PerspectiveTotal": _kinds(sensitive="perspective people", plain="gathering"),
    "collaboratives.Agreement": _kinds(
        plain="gathering text how_reached is_way_of_working corrects agreed_at"
    ),
    "collaboratives.Dissent": _kinds(
        personal="said_by",
        sensitive="words",
        plain="gathering agreement entered_for_a_member from_a_facilitator raised_at",
    ),
    "collaboratives.DissentAnswer": _kinds(plain="dissent words corrects answered_at"),
    "collaboratives.Ask": _kinds(
        personal="to_whom", plain="gathering text by_when asked_at answer answered_at"
    ),
    "vision.Vision": _kinds(
        plain="number statement plain why_changed status drafted_at adopted_at adopted_in how_agreed "
        "written_down_at retired_at"
    ),
    "vision.Revisit": _kinds(plain="vision gathering what_we_found looked_at"),
    "vision.Value": _kinds(plain="vision thread name meaning we_would_see we_would_not_see position"),
    "vision.Voice": _kinds(
        personal="said_by", sensitive="text lives_here", plain="gathering added_at taken_back_at"
    ),
    "vision.VisionVoice": _kinds(plain="vision voice"),
    "reports.Snapshot": _kinds(plain="first_day last_day made_at sections digest"),
    "reports.Report": _kinds(
        plain="first_day last_day edition audience asked_at made_at released_at put_away_at job snapshot "
        "pdf_name pdf_digest"
    ),
    "reports.ReportReader": _kinds(personal="user", plain="permission content_object"),
}
"""By table, in the order of the method."""


def kind_of(model: type[models.Model], field: str) -> str:
    """Return whether `field` is "personal", "sensitive" or "plain".

    Raises:
        LookupError: nobody has said; treat it as sensitive and add it above.
    """
    if field in PLAIN_EVERYWHERE:
        return "plain"
    kinds = FIELDS.get(model._meta.label)
    found = kinds.kind_of(field) if kinds is not None else None
    if found is None:
        raise LookupError(f"livingwell/fields.py does not say what {model._meta.label}.{field} holds.")
    return found
