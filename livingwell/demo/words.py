"""What is said in the demo: titles and rooms of gatherings, agreements, worries, asks, ways to be reached."""

GATHERINGS = (
    ("First breakfast", "To meet, and to say why we came.", 9),
    ("How we want to be together", "To agree ways of working that feel safe.", 10),
    ("Stories by the window", "To listen, without notes.", 10),
    ("What we heard", "To say what the stories tell us about the system.", 10),
    ("Hopes on the wall", "To say what a good life here would be.", 10),
    ("First words for our why", "To try out lines for the vision.", 10),
    ("What we cannot live with", "To work worries into the words.", 10),
    ("Agreeing our why", "To adopt the vision and values, or to say what is missing.", 10),
    ("Who will design with us", "To hear who would like to join the Design Team.", 10),
    ("Ideas from insights", "To see which ideas grow from what we heard.", 10),
    ("Carers’ afternoon", "To hear what caring is like here.", 14),
    ("The evening one", "For those who work in the day.", 18),
    ("What we are trying", "To hear from the first tests.", 10),
    ("A year on", "To look back, and at who is still missing.", 10),
    ("Young people’s takeover", "Young people set the agenda.", 16),
    ("What the team needs", "To hear from the team and to ask leaders for help.", 10),
    ("Back to the stories", "To listen again, now that things have changed.", 10),
    ("Who is still missing", "To plan, together, how to reach those who have not come yet.", 10),
    ("What should protect this", "To hear the founding question, and to say what it leaves out.", 10),
)
"""What each was called, what for, and the hour at which it began."""

HAPPENED = (
    "We began with a story and ended with tea.",
    "Two people came for the first time, and stayed.",
    "We sat in threes, then in one round. The clock was kept by somebody new.",
    "There was laughter, and once there was silence, and both were good.",
    "We ran out of time, and not of things to say.",
)

ROOMS = (
    ("Grove Street Hall", "Step-free, hearing loop, tea and toast"),
    ("The Lantern Café", "Step-free, quiet corner, breakfast provided"),
    ("Library, upper room", "Lift, low light on request, water and fruit"),
    ("Community garden, the big shed", "Gravel path with a firm edge, blankets, soup"),
)

AGREEMENTS = (
    "We begin with a story, and nobody takes notes while it is told.",
    "First names only. Lanyards stay in the bag.",
    "Meetings move between mornings and evenings.",
    "Whoever speaks for a service says so once, and then speaks as a person.",
    "We ask the two youth clubs to host the next one.",
    "The first talk with the team can be in a café.",
    "We keep a chair empty for who is missing, and we say who that is.",
    "We read our vision aloud at the start, and ask whether it still feels like ours.",
    "Nobody pays for coming: bus fares and child care are paid on the day.",
)

WORRIES = (
    "I am worried that evenings leave out people with children.",
    "It still feels to me that the real decisions are made before we come.",
    "I can live with it, and I think we go too fast for those who are new.",
    "We say everybody, and there is nobody here under thirty.",
)

ANSWERS = (
    "We will meet on a Saturday morning next time, with a crèche, and see who comes.",
    "From now on the plan for each meeting is written by four members, drawn by lot.",
    "We slow down: the first half hour is for those who are new.",
    "You are right. Two of us go to the college, and ask what would make it worth coming.",
)

ASKS = (
    ("Can the team use the rooms above the library on Fridays?", "The council’s property team"),
    ("Can peers be paid within two weeks of a meeting?", "The voluntary sector alliance"),
    ("Who decides on the crisis line’s opening hours, and may we meet them?", "The health board"),
)

REACHED = (
    {"way": "text", "phone": "07700 900 123"},
    {
        "way": "call",
        "phone": "01632 960 014",
        "access_needs": "Afternoons are best. Let it ring.",
    },
    {"way": "post", "address": "Flat 2, 14 Grove Street"},
    {"way": "through", "through_whom": "My sister, who comes along", "keep_private": False},
    {"way": "not", "access_needs": "A seat near the door."},
    {"way": "call", "phone": "01632 960 027", "keep_private": False},
    {"way": "text", "phone": "07700 900 456", "access_needs": "Step-free, and a stop on the bus route."},
    {"way": "not"},
    {"way": "call", "phone": "01632 960 031", "access_needs": "A BSL interpreter, booked two weeks ahead."},
)
"""How people like to hear from us, and what some need; the numbers are kept free for invented people."""
