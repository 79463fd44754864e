"""Health, as operators see it: which places there are, which work waits, which letters left; never words."""

from datetime import datetime

from django.conf import settings
from django.contrib import admin

from kit.models import Job, Letter
from kit.outbox import letters_leave
from people.door import ForOperators
from programmes.models import Programme, Site


@admin.register(Programme)
class ProgrammeAdmin(ForOperators):
    """The programmes of this installation."""

    list_display = ("name", "slug")
    fields = ("name", "slug")
    search_fields = ("name",)
    ordering = ("name", "pk")


@admin.register(Site)
class SiteAdmin(ForOperators):
    """The places of all programmes."""

    list_display = ("name", "slug", "status")
    fields = ("name", "slug", "status")
    list_filter = ("status",)
    search_fields = ("name",)
    ordering = ("name", "pk")


@admin.register(Job)
class JobAdmin(ForOperators):
    """The work that waits, runs, is done or stopped."""

    list_display = ("kind", "state", "attempt", "queued_at", "finished_at", "percent")
    fields = ("kind", "state", "attempt", "queued_at", "finished_at", "percent", "phase", "reason")
    list_filter = ("state", "kind")
    ordering = ("-queued_at", "pk")
    date_hierarchy = None


@admin.register(Letter)
class LetterAdmin(ForOperators):
    """The letters that wait or left: their kind and moment, neither their words nor their codes."""

    list_display = ("kind", "owed_at", "outcome", "done_at")
    fields = ("kind", "owed_at", "outcome", "done_at", "kept_in")
    list_filter = ("kind",)
    ordering = ("-owed_at", "pk")

    @admin.display(description="sent or kept at", ordering="sent_at")
    def done_at(self, letter: Letter) -> datetime | None:
        """Return when it was sent, or written to a file."""
        return letter.sent_at

    @admin.display(description="folder of e-mails that are not sent")
    def kept_in(self, letter: Letter) -> str:
        """Return where this installation keeps letters while it has no mail server."""
        return "" if letters_leave() else str(getattr(settings, "EMAIL_FILE_PATH", ""))
