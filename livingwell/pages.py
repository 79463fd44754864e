"""Routes of the pages that are composed of all stages."""

from django.conf import settings
from django.urls import path

from livingwell import views

app_name = "livingwell"

urlpatterns = [
    path("", views.front, name="front"),
    path("places/", views.places, name="places"),
    path("help/", views.find_help, name="find_help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("method/", views.method, name="method"),
    path("s/<slug:site>/", views.home, name="home"),
    path("s/<slug:site>/not-now/", views.not_now, name="not_now"),
]

if settings.DEBUG:
    urlpatterns += [path("gallery/", views.gallery, name="gallery")]
