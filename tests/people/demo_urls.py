"""The addresses of a demo: everything, and the demo's way in."""

from django.urls import include, path

from livingwell.urls import handler400, handler403, handler404, handler429, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path("demo/", include("livingwell.demo_pages"))]
