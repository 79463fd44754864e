"""Routes of the vision and values."""

from django.urls import path

from vision import views

app_name = "vision"

urlpatterns = [
    path("s/<slug:site>/why/", views.why, name="why"),
]
