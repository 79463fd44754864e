"""Routes of governance."""

from django.urls import path

from governance import views

app_name = "governance"

urlpatterns = [
    path("s/<slug:site>/governance/", views.governance, name="governance"),
]
