"""Routes of programmes and places."""

from django.urls import path

from programmes.views import groups, installation, invitations, people, programmes, settings, stages

app_name = "programmes"

urlpatterns = [
    path("s/<slug:site>/people/", people.people, name="people"),
    path("s/<slug:site>/people/add/", people.add_person, name="add_person"),
    path("s/<slug:site>/people/invited/", invitations.not_in_yet, name="not_in_yet"),
    path("s/<slug:site>/people/invited/<uuid:invitation>/", invitations.invitation, name="invitation"),
    path("s/<slug:site>/people/<uuid:person>/", people.person, name="person"),
    path("s/<slug:site>/people/<uuid:person>/link/", people.make_link, name="make_link"),
    path("s/<slug:site>/people/<uuid:person>/remove/", people.remove_person, name="remove_person"),
    path(
        "s/<slug:site>/people/<uuid:person>/end/<uuid:membership>/",
        people.end_role,
        name="end_role",
    ),
    path("s/<slug:site>/groups/", groups.groups, name="groups"),
    path("s/<slug:site>/groups/add/", groups.add_group, name="add_group"),
    path("s/<slug:site>/groups/<uuid:group>/", groups.group, name="group"),
    path("s/<slug:site>/groups/<uuid:group>/change/", groups.change_group, name="change_group"),
    path("s/<slug:site>/groups/<uuid:group>/join/", groups.join_group, name="join_group"),
    path(
        "s/<slug:site>/groups/<uuid:group>/people/<uuid:person>/end/<uuid:membership>/",
        groups.leave_group,
        name="leave_group",
    ),
    path("s/<slug:site>/settings/", settings.settings, name="settings"),
    path("s/<slug:site>/settings/help-lines/", settings.change_support_lines, name="change_support_lines"),
    path("s/<slug:site>/settings/localities/add/", settings.add_locality, name="add_locality"),
    path(
        "s/<slug:site>/settings/localities/<uuid:locality>/",
        settings.rename_locality,
        name="rename_locality",
    ),
    path(
        "s/<slug:site>/settings/localities/<uuid:locality>/remove/",
        settings.remove_locality,
        name="remove_locality",
    ),
    path("s/<slug:site>/rest/", settings.rest, name="rest"),
    path("s/<slug:site>/stages/<slug:stage>/", stages.stage, name="stage"),
    path("p/", programmes.my_programmes, name="my_programmes"),
    path("p/<slug:programme>/", programmes.programme, name="programme"),
    path("p/<slug:programme>/people/", programmes.programme_people, name="programme_people"),
    path("p/<slug:programme>/people/add/", programmes.add_programme_person, name="add_programme_person"),
    path(
        "p/<slug:programme>/people/<uuid:person>/end/<uuid:membership>/",
        programmes.end_programme_role,
        name="end_programme_role",
    ),
    path("p/<slug:programme>/people/invited/", invitations.programme_not_in_yet, name="programme_not_in_yet"),
    path(
        "p/<slug:programme>/people/invited/<uuid:invitation>/",
        invitations.programme_invitation,
        name="programme_invitation",
    ),
    path("installation/", installation.installation, name="installation"),
    path("installation/programmes/add/", installation.add_programme, name="add_programme"),
    path("installation/programmes/<uuid:named>/", installation.set_up, name="set_up"),
    path(
        "installation/programmes/<uuid:named>/change/", installation.change_programme, name="change_programme"
    ),
    path("installation/programmes/<uuid:named>/leads/add/", installation.add_lead, name="add_lead"),
    path("installation/programmes/<uuid:named>/places/add/", installation.add_site, name="add_site"),
    path(
        "installation/places/<uuid:place>/facilitators/add/",
        installation.add_facilitator,
        name="add_facilitator",
    ),
    path("installation/first/<uuid:operator>/<str:token>/", installation.first_link, name="first_link"),
    path(
        "installation/invitations/<uuid:invitation>/",
        invitations.keepers_invitation,
        name="keepers_invitation",
    ),
    path("installation/links/<uuid:membership>/", installation.hand_over_link, name="hand_over_link"),
]
