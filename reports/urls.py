"""Routes of reports."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("s/<slug:site>/progress/", views.progress, name="progress"),
    path("s/<slug:site>/reports/", views.reports, name="reports"),
]
