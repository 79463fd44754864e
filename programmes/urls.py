"""Routes of programmes and places."""

from django.urls import path

from programmes import views

app_name = "programmes"

urlpatterns = [
    path("s/<slug:site>/people/", views.people, name="people"),
    path("s/<slug:site>/settings/", views.settings, name="settings"),
]
