"""The way in, and a person's own pages: settings, and the devices on which they are signed in."""

from typing import cast

from allauth.account import views as allauth
from allauth.account.internal import stagekit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kit.pages import Answer, Refusals, by, public, yours
from people import actions, forms
from people.devices import Device, devices_of
from people.models import Person


class Request(HttpRequest):
    """A request by somebody who has signed in."""

    user: Person


@public(because="the way in: whoever has no session needs it")
def sign_in(request: HttpRequest) -> Answer:
    """Offer the ways in: a code, a password, a welcome card, a person to ask.

    Whoever comes here begins anew: a code asked for before is let go.
    """
    stagekit.pop_login(request)
    if request.method == "POST":
        return cast(HttpResponse, allauth.login(request))
    goes_on_to = _next_of(request)
    if request.user.is_authenticated:
        return redirect(goes_on_to or settings.LOGIN_REDIRECT_URL)
    demo_url = reverse("demo:people") if settings.DEMO else ""
    ways = {"form": forms.AskForCode(), "password_form": forms.SignIn(request=request)}
    return {**ways, "next": goes_on_to, "demo_url": demo_url}


@yours
def me(request: Request) -> Answer:
    """Keep one's own settings; they hold from the next page on."""
    person = _myself(request)
    form = forms.Settings.of(person, request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotTakeName):
            actions.keep_settings(by=by(request, form), person=person, **form.cleaned_data)
            messages.success(request, "Your settings are saved.")
            return redirect("people:me")
    return {"form": form}


@yours
def devices(request: Request) -> Answer:
    """List where one is signed in; end one of them."""
    form = forms.EndDevice(request.POST or None)
    if form.is_valid():
        actions.end_device(by=by(request, form), device_id=form.cleaned_data["device"])
        messages.success(request, "That device is signed out.")
        return redirect("people:devices")
    found = devices_of(request.user, this_session=request.session.session_key)
    everywhere = forms.SignOutEverywhere(auto_id="everywhere_%s")
    return {
        "devices": [(device, _form_for(device)) for device in found],
        "form": form,
        "everywhere": everywhere,
    }


@yours
def sign_out_everywhere(request: Request) -> Answer:
    """Sign out on every device, this one too."""
    form = forms.SignOutEverywhere(request.POST or None)
    if form.is_valid():
        actions.sign_out_everywhere(by=by(request, form), person=_myself(request))
        logout(request)
        messages.success(request, "You are signed out on every device.")
        return redirect("people:sign_in")
    return {"form": form}


def _form_for(device: Device) -> forms.EndDevice:
    return forms.EndDevice(initial={"device": device.id}, auto_id=f"device_{device.id}_%s")


def _myself(request: HttpRequest) -> Person:
    return Person.objects.get(pk=cast(Person, request.user).pk)


def _next_of(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    hosts = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()) else ""
