"""Routes of a person's own pages."""

from django.urls import URLPattern

app_name = "people"

urlpatterns: list[URLPattern] = []
