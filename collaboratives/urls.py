"""Routes of the Collaborative."""

from django.urls import path

from collaboratives import views

app_name = "collaboratives"

urlpatterns = [
    path("s/<slug:site>/gatherings/", views.gatherings, name="gatherings"),
]
