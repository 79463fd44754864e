"""Routes of the vision and values."""

from django.urls import path

from vision import views

app_name = "vision"

WHY = "s/<slug:site>/why/"
DRAFT = f"{WHY}draft/<uuid:vision>/"
"""A form about a draft names it: another may be open by the time that the form is sent."""

urlpatterns = [
    path(WHY, views.why, name="why"),
    path(f"{WHY}start/", views.start, name="start"),
    path(f"{WHY}draft/", views.draft, name="draft"),
    path(f"{DRAFT}write/", views.write, name="write"),
    path(f"{DRAFT}put-away/", views.put_away, name="put_away"),
    path(f"{WHY}history/<uuid:vision>/take-up-again/", views.take_up_again, name="take_up_again"),
    path(f"{DRAFT}values/add/", views.add_value, name="add_value"),
    path(f"{WHY}values/<uuid:value>/change/", views.change_value, name="change_value"),
    path(f"{WHY}values/<uuid:value>/remove/", views.remove_value, name="remove_value"),
    path(f"{WHY}values/<uuid:value>/move/", views.move_value, name="move_value"),
    path(f"{WHY}voices/add/", views.add_voice, name="add_voice"),
    path(f"{WHY}voices/<uuid:voice>/take-back/", views.take_back_voice, name="take_back_voice"),
    path(f"{WHY}voices/<uuid:voice>/take-back-own/", views.take_back_own_voice, name="take_back_own_voice"),
    path(f"{DRAFT}adopt/", views.adopt, name="adopt"),
    path(f"{WHY}history/<uuid:vision>/look-again/", views.look_again, name="look_again"),
    path(f"{WHY}history/", views.history, name="history"),
    path(f"{WHY}history/<uuid:vision>/", views.version, name="version"),
    path(f"{WHY}history/<uuid:was>/<uuid:now>/", views.compare, name="compare"),
]
