"""Routes of progress and reports."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("s/<slug:site>/progress/", views.progress, name="progress"),
    path("s/<slug:site>/reports/", views.reports, name="reports"),
    path("s/<slug:site>/reports/new/", views.ask, name="ask"),
    path("s/<slug:site>/reports/<uuid:report>/", views.report, name="report"),
    path("s/<slug:site>/reports/<uuid:report>/pdf/", views.pdf, name="pdf"),
    path("s/<slug:site>/reports/<uuid:report>/charts/<slug:chart>.csv", views.chart_csv, name="chart_csv"),
    path("s/<slug:site>/reports/<uuid:report>/again/", views.again, name="again"),
    path("s/<slug:site>/reports/<uuid:report>/put-away/", views.put_away, name="put_away"),
    path("s/<slug:site>/reports/<uuid:report>/bring-back/", views.bring_back, name="bring_back"),
    path("s/<slug:site>/reports/<uuid:report>/release/", views.release, name="release"),
    path("s/<slug:site>/reports/<uuid:report>/readers/", views.readers, name="readers"),
    path(
        "s/<slug:site>/reports/<uuid:report>/readers/<uuid:person>/end/", views.end_reader, name="end_reader"
    ),
]
