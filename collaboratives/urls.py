"""Routes of the Collaborative."""

from django.urls import path

from collaboratives import views

app_name = "collaboratives"

ONE = "s/<slug:site>/gatherings/<uuid:gathering>/"

urlpatterns = [
    path("s/<slug:site>/gatherings/", views.gatherings, name="gatherings"),
    path("s/<slug:site>/gatherings/plan/", views.plan_gathering, name="plan_gathering"),
    path(ONE, views.gathering, name="gathering"),
    path(f"{ONE}change/", views.change_plan, name="change_plan"),
    path(f"{ONE}cancel/", views.cancel_gathering, name="cancel_gathering"),
    path(f"{ONE}record/", views.record_gathering, name="record_gathering"),
    path(f"{ONE}agreements/add/", views.add_agreement, name="add_agreement"),
    path(f"{ONE}asks/add/", views.add_ask, name="add_ask"),
    path(f"{ONE}worries/add/", views.add_worry, name="add_worry"),
    path(
        "s/<slug:site>/agreements/<uuid:agreement>/correct/",
        views.correct_agreement,
        name="correct_agreement",
    ),
    path("s/<slug:site>/asks/<uuid:ask>/change/", views.change_ask, name="change_ask"),
    path("s/<slug:site>/asks/<uuid:ask>/answer/", views.answer_ask, name="answer_ask"),
    path("s/<slug:site>/worries/<uuid:dissent>/answer/", views.answer_worry, name="answer_worry"),
    path("s/<slug:site>/answers/<uuid:answer>/correct/", views.correct_answer, name="correct_answer"),
]
