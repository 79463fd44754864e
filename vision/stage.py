"""Says where this app stands in the method and answers for it. Source: domain.md 2.1 and ux.md 1.4."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from programmes.access import Permission, Standing
from programmes.models import Site, StageState
from programmes.stages import NextStep, Period, Progress, Stage, once
from vision.models import Revisit, Value, Vision, Voice

State = StageState.State

FEWEST_VALUES, MOST_VALUES = 4, 7  # ux 1.4
RANK_OF_ADOPTING = 50
RANK_OF_LOOKING_AGAIN = 55
RANK_OF_BEGINNING = 70
RANK_OF_A_VOICE = 80


def progress(site: Site) -> Progress:
    """Say which version stands, and suggest a state from what it holds."""
    vision = _adopted(site)
    if vision is not None:
        return _of_adopted(vision, _looked_at(site, vision))
    if Vision.Status.DRAFT in once(_of_now, site):
        return Progress("The first words are being written", State.GROWING, "a first draft is being written")
    return Progress(words="")


def _of_adopted(vision: Vision, looked_at: datetime | None) -> Progress:
    words = f"Version {vision.number} is ours"
    if vision.wants_a_look(timezone.now(), looked_at):
        return Progress(words, State.COMING_BACK, "nobody has looked at the vision together for half a year")
    values = list(vision.values.all())
    if not FEWEST_VALUES <= len(values) <= MOST_VALUES:
        few = f"there are {len(values)} values, and four to seven are easiest to keep in mind"
        return Progress(words, State.GROWING, few)
    if not all(value.seen for value in values):
        return Progress(words, State.GROWING, "some values do not say yet what we would see")
    return Progress(words, State.ROOTED, "the Collaborative adopted a vision, and each value has examples")


def _adopted(site: Site) -> Vision | None:
    return once(_of_now, site).get(Vision.Status.ADOPTED)


def _of_now(site: Site) -> dict[str, Vision]:
    return {vision.status: vision for vision in Vision.objects.at(site).of_now().prefetch_related("values")}


def _looked_at(site: Site, vision: Vision) -> datetime | None:
    revisit = once(_last_look, site)
    return revisit.looked_at if revisit is not None and revisit.vision_id == vision.pk else None


def _last_look(site: Site) -> Revisit | None:
    return Revisit.objects.at(site).filter(vision__status=Vision.Status.ADOPTED).newest_first().first()


def begun_on(site: Site) -> date | None:
    """Return the day of the first draft, or of the gathering that adopted one, when that came earlier.

    A draft that was put away does not count: until somebody takes it up, nothing is begun.
    """
    days = (
        Vision.objects.at(site).not_put_away().aggregate(drafted=Min("drafted_at"), adopted=Min("adopted_at"))
    )
    return min((timezone.localtime(day).date() for day in days.values() if day), default=None)


def next_steps(site: Site, standing: Standing) -> Sequence[NextStep]:
    """Offer to write, ground, adopt or look again, whichever comes next, to whom it is for."""
    if not standing.may(Permission.ADD_VOICE):
        return ()
    versions = once(_of_now, site)
    draft, adopted = versions.get(Vision.Status.DRAFT), versions.get(Vision.Status.ADOPTED)
    if draft is not None:
        return list(_with_a_draft(site, standing, draft))
    if adopted is not None:
        return list(_with_a_vision(site, standing, adopted))
    return list(_at_the_beginning(site, standing))


def _with_a_draft(site: Site, standing: Standing, draft: Vision) -> Iterator[NextStep]:
    grounded = Voice.objects.at(site).behind(draft).of_people_who_live_here().exists()
    if not grounded or not standing.may(Permission.ADOPT_WHY):
        words = "A vision grows from what people who live here say. Add something you heard."
        yield NextStep(
            RANK_OF_A_VOICE, "Add a voice behind our vision", words, "Add a voice", _url(site, "add_voice")
        )
    elif draft.statement:
        words = (
            "The words are written, and voices are behind them. The Collaborative adopts them when it meets."
        )
        yield NextStep(
            RANK_OF_ADOPTING,
            "Agree our vision together",
            words,
            "See how",
            _url(site, "adopt", vision=draft.pk),
        )
    else:
        words = "The draft is open. Start with a line that moved people."
        yield NextStep(
            RANK_OF_ADOPTING, "Write the first words", words, "Write", _url(site, "write", vision=draft.pk)
        )


def _with_a_vision(site: Site, standing: Standing, vision: Vision) -> Iterator[NextStep]:
    may = standing.may(Permission.ADOPT_WHY)
    if may and vision.wants_a_look(timezone.now(), _looked_at(site, vision)):
        words = "Half a year has passed. Read it aloud when you next meet: does it still feel like ours?"
        yield NextStep(
            RANK_OF_LOOKING_AGAIN,
            "Look at our vision again",
            words,
            "Read it again",
            _url(site, "look_again", vision=vision.pk),
        )


def _at_the_beginning(site: Site, standing: Standing) -> Iterator[NextStep]:
    if standing.may(Permission.WRITE_WHY):
        words = "Gather what people hope for, and write the first draft from their words."
        yield NextStep(RANK_OF_BEGINNING, "Begin our why", words, "Start a draft", _url(site, "start"))
    else:
        words = f"{site.name} is still finding its words. What have you heard that matters?"
        yield NextStep(
            RANK_OF_A_VOICE, "Add a voice to our why", words, "Add a voice", _url(site, "add_voice")
        )


def _url(site: Site, page: str, **keys: UUID) -> str:
    return reverse(f"vision:{page}", kwargs={"site": site.slug, **keys})


def patterns(site: Site) -> Sequence[str]:
    """Say, from the balcony, since when the vision stands, what it lacks, and who looked again (V4)."""
    vision = _adopted(site)
    return () if vision is None else list(_seen_in(vision, _looked_at(site, vision)))


def _seen_in(vision: Vision, looked_at: datetime | None) -> Iterator[str]:
    if vision.adopted_at is not None:
        yield f"Our vision has stood since {timezone.localtime(vision.adopted_at):%-d %B %Y}."
    if vision.wants_a_look(timezone.now(), looked_at):
        yield "Nobody has looked at the vision together for half a year."
    if bare := [value.name for value in vision.values.all() if not value.seen]:
        yield f"Not yet said what we would see where we live by it: {'; '.join(bare)}."


def report_sections(site: Site, period: Period) -> Sequence[dict[str, Any]]:
    """Return the vision that stood on the period's last day, by reference; nothing when there was none.

    No words are copied (README 2.11); `resolve` reads them when the report is shown:

        {"kind": "vision", "vision_id": "<id>", "version": 2, "adopted_on": "2026-05-18",
         "value_ids": ["<id>", …]}
    """
    vision = (
        Vision.objects.at(site).standing_on(period.last).prefetch_related("values").newest_first().first()
    )
    if vision is None or vision.adopted_at is None:
        return []
    return [
        {
            "kind": "vision",
            "vision_id": str(vision.pk),
            "version": vision.number,
            "adopted_on": timezone.localtime(vision.adopted_at).date().isoformat(),
            "value_ids": [str(value.pk) for value in vision.values.all()],
        }
    ]


def resolve(site: Site, section: dict[str, Any]) -> dict[str, Any]:
    """Return the words behind a "vision" section; empty when they are not there any more.

    {"statement": "…", "plain": "…", "version": 2,
     "values": [{"name": "…", "meaning": "…", "seen": ["…"], "not_seen": ["…"],
                 "motif": "…", "tone": "…"}, …]}
    """
    vision = Vision.objects.at(site).agreed().filter(pk=section["vision_id"]).first()
    if vision is None:
        return {}
    values = Value.objects.at(site).filter(vision=vision, pk__in=section["value_ids"])
    return {
        "statement": vision.statement,
        "plain": vision.plain,
        "version": vision.number,
        "values": [
            {
                "name": value.name,
                "meaning": value.meaning,
                "seen": value.seen,
                "not_seen": value.not_seen,
                "motif": value.motif,
                "tone": value.tone,
            }
            for value in values
        ],
    }


OUR_WHY = Stage(
    number=3,
    slug="why",
    name="Our why",
    purpose="A vision and a few values, in our own words, that everything else answers to.",
    rooted_when=(
        "The Collaborative has adopted a vision",
        "There are four to seven values, each with examples",
        "It was looked at again in the last six months",
    ),
    grows_from="A vision grows from the voices of people who live here, so first come together and listen.",
    page="vision:why",
    opens_with=Permission.SEE_WHY,
    progress=progress,
    next_steps=next_steps,
    report_sections=report_sections,
    patterns=patterns,
    begun_on=begun_on,
    loops_back_to=(2,),
)
