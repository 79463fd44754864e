"""Routes of stories."""

from django.urls import path

from stories import views

app_name = "stories"

urlpatterns = [
    path("s/<slug:site>/stories/", views.stories, name="stories"),
]
