"""Routes of prototyping."""

from django.urls import path

from prototyping import views

app_name = "prototyping"

urlpatterns = [
    path("s/<slug:site>/prototypes/", views.prototypes, name="prototypes"),
]
