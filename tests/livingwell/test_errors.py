"""What people see when something goes wrong, and that nothing they send breaks a page."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import path

from kit.pages import public
from livingwell import urls
from programmes.models import Membership, Site
from tests.world import World
from vision.models import Voice

SETTINGS = "/s/harbour-city/settings/"
FORM = "/s/harbour-city/why/voices/add/"


@public(because="a test wants a page that breaks")
def breaks(request: Any) -> Any:
    raise ZeroDivisionError("a secret in the fault")


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks)]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler500 = urls.handler500


class TestNotFound:
    def test_reads_alike_for_what_is_missing_and_what_is_not_ones_own(self, world: World) -> None:
        stranger = world.client("stranger")
        pages = [
            stranger.get(address)
            for address in (
                "/s/harbour-city/",
                "/s/nowhere/",
                SETTINGS,
                "/p/north/",
                "/p/nowhere/",
                "/nothing/",
            )
        ]
        assert {page.status_code for page in pages} == {404}
        assert len({page.content for page in pages}) == 1

    def test_says_it_in_plain_words(self, world: World) -> None:
        assert (
            "It may have moved, or it may not be shared with you."
            in world.client("ned").get("/s/harbour-city/").content.decode()
        )

    @pytest.mark.parametrize("address", ["/%00", "/s/%00/", "/s/%ff/", "/s/x'y/", "/s/" + "a" * 3000 + "/"])
    def test_answers_strange_addresses_too(self, world: World, address: str) -> None:
        assert world.client("amara").get(address).status_code in {400, 404}


class TestDenied:
    def test_says_what_the_page_is_for_and_whom_to_ask(self, world: World) -> None:
        page = world.client("amara").get(SETTINGS)
        assert page.status_code == 403
        assert "What you are here does not let you change the place’s settings." in page.content.decode()
        assert "ask the facilitator" in page.content.decode()

    def test_tells_nobody_that_a_place_at_work_comes_back(self, world: World) -> None:
        page = world.client("priya").get("/s/harbour-city/").content.decode()
        assert "the place comes back" not in page
        assert "Back to your places" in page

    def test_tells_no_facilitator_to_ask_themselves(self, world: World) -> None:
        Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
        page = world.client("sam").get(SETTINGS)
        assert page.status_code == 403
        assert "ask the facilitator" not in page.content.decode()
        assert "say that the place comes back" in page.content.decode()


class TestAFormThatWasOpenTooLong:
    def test_keeps_calm(self, world: World) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.amara, backend="django.contrib.auth.backends.ModelBackend")
        page = client.post(FORM, {"text": "Nobody asked us"})
        assert page.status_code == 403
        assert "Nobody asked us" in page.content.decode()
        assert "CSRF" not in page.content.decode()

    def test_says_in_whose_name_nothing_was_sent(self, world: World) -> None:
        window = Client(enforce_csrf_checks=True)
        window.force_login(world.amara, backend="django.contrib.auth.backends.ModelBackend")
        token = window.get(FORM).context["csrf_token"]
        window.force_login(world.ruth, backend="django.contrib.auth.backends.ModelBackend")
        window.cookies["csrftoken"] = "a" * 32
        page = window.post(FORM, {"text": "Nobody asked us", "csrfmiddlewaretoken": str(token)})
        words = page.content.decode()
        assert page.status_code == 403
        assert f"You are signed in as <strong><bdi>{world.ruth}</bdi></strong> now" in words
        assert "Somebody may have signed in after this page was opened" in words
        assert "open for too long" not in words

    def test_says_nothing_of_others_when_the_browser_only_lost_its_cookie(self, world: World) -> None:
        window = Client(enforce_csrf_checks=True)
        window.force_login(world.amara, backend="django.contrib.auth.backends.ModelBackend")
        token = window.get(FORM).context["csrf_token"]
        del window.cookies["csrftoken"]
        page = window.post(FORM, {"text": "Nobody asked us", "csrfmiddlewaretoken": str(token)})
        words = page.content.decode()
        assert (page.status_code, "Nobody asked us" in words) == (403, True)
        assert ("open for too long" in words, "signed in" in words) == (True, False)

    def test_says_nothing_of_names_to_whoever_is_signed_out(self, world: World) -> None:
        page = Client(enforce_csrf_checks=True).post("/in/", {"email": "a@example.org"}).content.decode()
        assert "This page was open for too long" in page
        assert "You are signed in as" not in page


class TestWordsThatCannotBeSaved:
    """Whoever wrote something gets it back, whatever stood in the way meanwhile (ux W1)."""

    WORDS = "We waited <b>two hours</b>\nand nobody came"

    def _shown(self, client: Client, address: str = FORM, **others: str) -> tuple[int, str]:
        answer = client.post(address, {"text": self.WORDS, **others})
        return answer.status_code, answer.content.decode()

    def test_when_the_session_has_ended(self, world: World) -> None:
        status, page = self._shown(Client())
        assert status == 403
        assert "We waited &lt;b&gt;two hours&lt;/b&gt;<br>and nobody came" in page
        assert f'href="/in/?next={FORM}"' in page
        assert not Voice.everywhere.exists()

    def test_on_ones_own_pages_too(self, world: World) -> None:
        status, page = self._shown(Client(), "/me/")
        assert (status, "and nobody came" in page) == (403, True)

    def test_when_the_row_is_gone(self, world: World) -> None:
        status, page = self._shown(world.client("sam"), f"/s/harbour-city/gatherings/{uuid4()}/change/")
        assert (status, "and nobody came" in page) == (404, True)

    def test_when_the_place_rests(self, world: World) -> None:
        Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
        status, page = self._shown(world.client("amara"))
        assert (status, "and nobody came" in page) == (403, True)
        assert "nothing can be changed" in page

    def test_when_one_is_no_longer_there(self, world: World) -> None:
        client = world.client("amara")
        Membership.objects.filter(person=world.amara).delete()
        status, page = self._shown(client)
        assert (status, "and nobody came" in page) == (404, True)

    @pytest.mark.parametrize("words", ["我们等了很久", "Bread\nMilk", "x" * 41])
    def test_without_a_blank_too(self, world: World, words: str) -> None:
        assert words.split("\n")[0] in Client().post(FORM, {"text": words}).content.decode()

    def test_with_short_words_and_days_as_well(self, world: World) -> None:
        days = {"on_day": "12", "on_month": "5", "on_year": "2027"}
        page = Client().post(FORM, {"title": "Lunch", **days, "starts": "2pm"}).content.decode()
        assert all(f">{text}<" in "".join(page.split("\n")) for text in ("Lunch", "12 5 2027", "2pm"))

    def test_but_not_what_was_chosen_or_pressed(self, world: World) -> None:
        chosen = {"kind": "lived_experience", "row": str(uuid4()), "state": "growing", "up": "True"}
        page = Client().post(FORM, {"text": self.WORDS, "words_read": "0f" * 32, **chosen}).content.decode()
        assert "and nobody came" in page
        assert not any(
            f"<p>{text}</p>" in page for text in ("lived_experience", "growing", "True", "0f" * 32)
        )

    def test_but_never_words_that_another_site_sent(self, world: World) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.amara, backend="django.contrib.auth.backends.ModelBackend")
        ours = client.post(FORM, {"text": self.WORDS}, headers={"origin": "http://testserver"})
        assert "and nobody came" in ours.content.decode()
        theirs = client.post(FORM, {"text": self.WORDS}, headers={"origin": "https://evil.example"})
        assert theirs.status_code == 403
        assert "and nobody came" not in theirs.content.decode()

    def test_but_no_secret_is(self, world: World) -> None:
        _, page = self._shown(Client(), password="three words here", code="12 34", form_key="a key")
        assert "and nobody came" in page
        assert "three words here" not in page
        assert "12 34" not in page

    def test_and_whoever_wrote_nothing_is_just_led_in(self, world: World) -> None:
        assert Client().post(FORM, {"text": ""}).headers["Location"] == f"/in/?next={FORM}"

    def test_and_what_is_saved_is_not_shown_as_unsaved(self, world: World) -> None:
        sent = {"text": self.WORDS, "said_by": "A neighbour", "they_agree": "on", "form_key": str(uuid4())}
        page = world.client("amara").post(FORM, sent, follow=True).content.decode()
        assert Voice.everywhere.get().text == self.WORDS
        assert "It is not saved" not in page


class TestTooLarge:
    def test_is_refused_at_the_door(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("programmes.pages._find", lambda *_: pytest.fail("a view was reached"))
        page = world.client("amara").post(FORM, {"text": "x" * 1_100_000})
        assert page.status_code == 413
        assert "That is too big to send" in page.content.decode()

    def test_without_a_session_is_refused_as_well(self, db: None) -> None:
        assert Client().post("/in/login/", b"x" * 1_100_000, content_type="text/plain").status_code == 413

    def test_is_more_than_a_long_story(self, world: World) -> None:
        assert world.client("amara").post(FORM, {"text": "x" * 900_000}).status_code == 422

    def test_in_the_number_of_fields_says_so(self, world: World) -> None:
        answer = world.client("amara").post(FORM, {f"f{number}": "1" for number in range(600)})
        assert answer.status_code == 413

    @pytest.mark.parametrize("length", ["", "x", "-5", "²"])
    def test_is_not_what_a_strange_length_says(self, world: World, length: str) -> None:
        assert world.client("amara").get("/s/harbour-city/", CONTENT_LENGTH=length).status_code == 200


BODIES = {
    "JSON": (b'{"text": 1}', "application/json"),
    "broken parts": (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    "parts without a boundary": (b"--x", "multipart/form-data"),
    "NUL": (b"text=a%00b&form_key=%00", "application/x-www-form-urlencoded"),
    "no UTF-8": (b"text=%ff%fe&form_key=%c3%28", "application/x-www-form-urlencoded"),
    "bytes": (bytes(range(256)), "application/octet-stream"),
}


class TestAStrangeBody:
    @pytest.mark.parametrize("kind", BODIES)
    @pytest.mark.parametrize(
        "address", [FORM, "/me/", "/in/login/", "/s/harbour-city/reports/new/", "/s/harbour-city/not-now/"]
    )
    def test_breaks_nothing(self, world: World, kind: str, address: str) -> None:
        body, content_type = BODIES[kind]
        answer = world.client("sam").post(address, body, content_type=content_type)
        assert answer.status_code in {200, 302, 400, 422}
        if content_type in {"application/json", "application/octet-stream"}:
            assert answer.status_code == 400, "never answered like a form that was left empty"
            assert "We could not read that" in answer.content.decode()


class TestOtherMethods:
    @pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
    def test_are_refused(self, world: World, method: str) -> None:
        assert getattr(world.client("amara"), method)("/s/harbour-city/").status_code == 405


@pytest.mark.urls("tests.livingwell.test_errors")
class TestAFaultOfOurs:
    def test_is_said_to_be_ours_and_tells_nothing(self, world: World, django_assert_num_queries: Any) -> None:
        client = Client(raise_request_exception=False)
        with django_assert_num_queries(0):
            page = client.get("/breaks/")
        assert page.status_code == 500
        assert "Something went wrong on our side" in page.content.decode()
        assert "116 123" in page.content.decode()
        assert "secret" not in page.content.decode()


class TestPrivatePages:
    def test_are_kept_in_no_cache(self, world: World) -> None:
        for address in ("/s/harbour-city/", "/me/", "/places/"):
            assert "no-store" in world.client("amara").get(address).headers["Cache-Control"]


class TestFilesThatABrowserHasAlready:
    def test_come_empty_when_they_are_asked_for_again(self, db: None) -> None:
        packed, file = {"accept-encoding": "gzip, br"}, "/static/livingwell.css"
        first = Client().get(file, headers=packed)
        assert (first.status_code, bool(b"".join(first))) == (200, True)
        since = {"if-modified-since": first.headers["Last-Modified"]}
        again = Client().get(file, headers={**packed, **since})
        assert again.status_code == 304
        assert "Content-Encoding" not in again.headers, "what is packed is never empty, and a 304 must be"
