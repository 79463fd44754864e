"""Every address: the stages' own, in the order of the method, and the pages composed of them."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from programmes.stages import the_method

stage_apps = dict.fromkeys(stage.page.split(":")[0] for stage in the_method())

urlpatterns = [
    path("", include("livingwell.pages")),
    path("", include("people.urls")),
    path("", include("programmes.urls")),
    path("", include("programmes.welcome_urls")),
    *[path("", include(f"{app}.urls")) for app in stage_apps],
    path("", include("reports.urls")),
    path("in/", include("allauth.account.urls")),
    path("operate/", admin.site.urls),
]

if settings.DEMO:
    urlpatterns += [path("demo/", include("livingwell.demo_pages"))]

handler400 = "livingwell.errors.bad_request"
handler403 = "livingwell.errors.denied"
handler404 = "livingwell.errors.not_found"
handler429 = "people.adapters.too_many"
handler500 = "livingwell.errors.broken"
