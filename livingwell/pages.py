"""Routes of the pages that are composed of all stages."""

from django.urls import path

from livingwell import views

app_name = "livingwell"

urlpatterns = [
    path("", views.front, name="front"),
    path("s/<slug:site>/", views.home, name="home"),
]
