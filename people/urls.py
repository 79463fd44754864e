"""Routes of the way in and of a person's own pages."""

from django.urls import path

from people import views

app_name = "people"

urlpatterns = [
    path("in/", views.sign_in, name="sign_in"),
    path("in/login/", views.sign_in, name="sign_in_with_password"),
    path("me/", views.me, name="me"),
    path("me/devices/", views.devices, name="devices"),
    path("me/sign-out-everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
]
