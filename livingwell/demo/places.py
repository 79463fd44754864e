"""What the demo's places are like: how far each is, its why, and what is said there. All invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoValue:
    """One value with what people would see, and would not see."""

    name: str
    means: str
    see: tuple[str, ...]
    not_see: tuple[str, ...]


@dataclass(frozen=True)
class DemoPlace:
    """One place: its size, how many gatherings it has held, and how far along the path it is.

    `stages` gives, for each stage set, the state and how many months ago it was set, oldest first; `notes`,
    what the facilitator says of a stage; `groups`, the kind, name and purpose of each, and how many months
    ago it was formed. `own_line` says what a help line of the place's own is for, and its number.
    `cancelled` is the number of a gathering, from 0; with `waits_for_its_record` the last
    one is over and not recorded. `answered` says how many worries have an answer.
    """

    name: str
    slug: str
    members: int
    gatherings: int
    cancelled: int | None = None
    waits_for_its_record: bool = False
    answered: int = 4
    vision: str = ""
    plain: str = ""
    earlier_vision: str = ""
    values: tuple[DemoValue, ...] = ()
    voices: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    stages: tuple[tuple[str, str, int, str], ...] = ()
    paused_because: str = ""
    own_line: tuple[str, str] = ("", "")
    reports: int = 0
    draft: str = ""
    put_away: str = ""
    groups: tuple[tuple[str, str, str, int], ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


HARBOUR_VALUES = (
    DemoValue(
        "Kindness that acts",
        "We notice, and we do something about it.",
        ("Somebody calls back the same day", "Time to talk at the door"),
        ("“It’s not my job”", "A leaflet instead of an answer"),
    ),
    DemoValue(
        "Honesty without blame",
        "We say what is hard, about things and not about people.",
        ("A waiting time told as it is", "Mistakes talked about in the open"),
        ("Bad news left in a letter", "Silence in the meeting, talk in the car park"),
    ),
    DemoValue(
        "Nothing about us without us",
        "People who live with it are in the room where it is decided.",
        ("The agenda written together", "Meetings at times when people can come"),
        ("A decision brought for comment", "One person asked to speak for everybody"),
    ),
    DemoValue(
        "The whole person",
        "We ask what a good life is, before we ask what is wrong.",
        ("“What matters to you?” asked first", "Family, home and work on the same page"),
        ("A list of symptoms with a name on it",),
    ),
    DemoValue(
        "Hope, with both feet on the ground",
        "We hold hope for one another, and promise only what we can do.",
        ("Small steps that are kept", "Somebody who has been there says so"),
        ("“There is nothing more we can do”",),
    ),
)

MILLVALE_VALUES = (
    DemoValue(
        "Neighbours first",
        "Help begins on our own street.",
        ("People know whom to knock for", "Groups in the places where life happens anyway"),
        ("A bus ride for every appointment",),
    ),
    DemoValue(
        "One story, told once",
        "Nobody should have to begin again at every door.",
        ("A plan the person holds", "Services that talk, with permission"),
        ("“Could you tell me from the start?”",),
    ),
    DemoValue(
        "Room to breathe",
        "People and teams get the time that trust needs.",
        ("A first talk without a form", "Time for a team to think"),
        ("Ten minutes, next please",),
    ),
    DemoValue(
        "Everybody brings something",
        "There are no helpers and helped, only people who take turns.",
        ("Skills asked for, not only needs", "Peers paid for their work"),
        ("Thank-you cards instead of wages",),
    ),
)

PLACES = (
    DemoPlace(
        name="Harbour City",
        slug="harbour-city",
        members=45,
        gatherings=18,
        cancelled=5,
        answered=2,
        earlier_vision="People in Harbour City get good mental health support when they need it.",
        vision="Everyone in Harbour City can flourish, belong, and lead the life they want.",
        plain="We want everybody here to have a good life, to feel at home, and to choose for themselves.",
        put_away="Everyone in Harbour City and the villages around it can flourish and belong.",
        values=HARBOUR_VALUES,
        voices=(
            "I do not want to be well in a waiting room. I want to be well in my own kitchen.",
            "When my neighbour asked how I was, and waited for the answer, that was the day it turned.",
            "My brother needed one door. We counted eleven.",
            "I came into this work to sit with people, and I sit with forms.",
        ),
        localities=("Quayside", "Old Town", "Ropewalk"),
        stages=(
            ("together", "growing", 24, ""),
            ("listen", "growing", 22, ""),
            ("together", "rooted", 19, ""),
            ("why", "growing", 18, ""),
            ("listen", "rooted", 15, ""),
            ("why", "rooted", 12, ""),
            ("design", "growing", 12, ""),
            ("prototype", "growing", 10, ""),
            ("design", "rooted", 9, ""),
            ("teams", "growing", 7, ""),
            ("prototype", "rooted", 6, ""),
            ("listen", "coming_back", 4, ""),
            ("teams", "rooted", 3, ""),
            ("practice", "growing", 3, ""),
            ("governance", "growing", 1, ""),
        ),
        reports=3,
        groups=(
            ("mdt", "Quayside team", "To be there on the quay: one team, whoever pays its people.", 7),
            (
                "governance",
                "Harbour City partnership",
                "To look after what has grown, and answer asks.",
                1,
            ),
            ("design_team", "Design Team", "To design the first hour with people who have lived it.", 12),
        ),
        notes={
            "listen": "Listeners go where people are: the café, the food bank, the ward.",
            "design": "The first hour is designed: what happens when somebody comes to the door.",
            "prototype": "A first talk in a café, in place of a form. People wanted to keep it, so we do.",
            "teams": "The Quayside team has opened its door. Old Town and Ropewalk come next.",
            "practice": "The team keeps one hour a week for how it works, and not for whom it works with.",
            "governance": "The partnership has met once, and written its founding question.",
        },
    ),
    DemoPlace(
        name="Millvale & Dene",
        slug="millvale-and-dene",
        members=38,
        gatherings=17,
        waits_for_its_record=True,
        vision="In our two valleys nobody is alone with it, and everybody has something to give.",
        plain="People here look after each other. You are not alone, and you are needed.",
        values=MILLVALE_VALUES,
        voices=(
            "The bus stops at six. After six I am on my own with it.",
            "At the allotment nobody asks what is wrong with me. They ask for a hand with the beans.",
            "I told it nine times in one year, and the ninth time I left things out.",
        ),
        localities=("Millvale", "Upper Dene"),
        stages=(
            ("together", "growing", 21, ""),
            ("listen", "growing", 19, ""),
            ("together", "rooted", 16, ""),
            ("why", "growing", 15, ""),
            ("why", "rooted", 11, ""),
            ("listen", "rooted", 10, ""),
            ("design", "growing", 9, ""),
            ("prototype", "growing", 6, ""),
            ("design", "rooted", 5, ""),
            ("teams", "growing", 2, ""),
        ),
        reports=1,
        groups=(("mdt", "Two Valleys team", "To be within reach in both valleys, also after six.", 2),),
        notes={
            "listen": "Stories came from the allotment, the bus and the school gate.",
            "design": "One plan that the person holds, drawn by those who would use it.",
            "prototype": "The second Lab is over. The plan fits on one page now.",
            "teams": "Our one team is finding its feet. Upper Dene asks when it comes there.",
        },
    ),
    DemoPlace(
        name="Thornbridge",
        slug="thornbridge",
        members=30,
        gatherings=11,
        vision="Thornbridge is a town where asking for help is as ordinary as asking the way.",
        plain="Here it is normal to ask for help, and normal to get it.",
        values=MILLVALE_VALUES[1:3] + HARBOUR_VALUES[1:3],
        voices=(
            "I would ask the whole market for the way to the station. I never once asked about this.",
            "People were kind to me when I broke my leg.",
        ),
        localities=("Market Ward",),
        stages=(
            ("together", "growing", 14, ""),
            (
                "design",
                "growing",
                12,
                "Money for a Design Team had to be used before April, so it began before our why.",
            ),
            ("listen", "growing", 11, ""),
            ("why", "growing", 8, ""),
            ("together", "rooted", 7, ""),
            ("why", "rooted", 3, ""),
        ),
        draft="Thornbridge is a town where asking for help is as ordinary as asking the way, at any age.",
        groups=(("design_team", "Thornbridge Design Team", "To design, with the market at the window.", 12),),
        notes={
            "listen": "Most people we heard so far are over forty. The college comes next.",
            "design": "Thirteen people, drawn from the Collaborative, meet every second week.",
        },
    ),
    DemoPlace(
        name="Eastmere",
        slug="eastmere",
        members=14,
        gatherings=4,
        draft="A place by the water where",
        voices=("We have been consulted four times. Nothing came back.",),
        stages=(
            ("together", "growing", 12, ""),
            ("why", "growing", 10, "People wanted words for it before anything else."),
        ),
        paused_because="Two of our partners are merging. Iona keeps the door open. We go on in spring.",
    ),
)

ELSEWHERE = (
    DemoPlace(
        name="Alderwick",
        slug="alderwick",
        members=14,
        gatherings=8,
        vision="Alderwick makes room for everybody’s bad day.",
        plain="A bad day is all right here.",
        values=HARBOUR_VALUES[:1] + MILLVALE_VALUES[:1] + HARBOUR_VALUES[3:],
        voices=("On a bad day the library let me sit.",),
        own_line=("Alderwick listening line, every evening until ten", "01632 960 077"),
        stages=(("together", "growing", 11, ""), ("listen", "growing", 6, ""), ("why", "growing", 4, "")),
    ),
    DemoPlace(name="Fenholm", slug="fenholm", members=6, gatherings=0),
)
