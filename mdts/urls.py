"""Routes of mdts."""

from django.urls import path

from mdts import views

app_name = "mdts"

urlpatterns = [
    path("s/<slug:site>/teams/", views.teams, name="teams"),
    path("s/<slug:site>/practice/", views.practice, name="practice"),
]
