"""Routes of design_teams."""

from django.urls import path

from design_teams import views

app_name = "design_teams"

urlpatterns = [
    path("s/<slug:site>/design-team/", views.design_team, name="design_team"),
]
