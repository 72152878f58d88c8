import pytest
from django.test import override_settings
from django.urls import include, path

from veikart.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [path("", include("veikart.people.urls"))]


@pytest.fixture
def kari() -> User:
    return User.objects.create_user("kari", password="en-lang-setning")


def test_signing_in_leads_to_the_desk_or_to_where_one_was_going(client, kari):
    given = {"username": "kari", "password": "en-lang-setning"}

    to_desk = client.post("/konto/logg-inn/", given)
    onwards = client.post("/konto/logg-inn/", {**given, "next": "/utkast/mal/1/"})
    elsewhere = client.post("/konto/logg-inn/", {**given, "next": "https://example.org/"})

    assert [answer.url for answer in (to_desk, onwards, elsewhere)] == [
        "/arbeid/",
        "/utkast/mal/1/",
        "/arbeid/",
    ]
    assert client.session["_auth_user_id"] == str(kari.pk)


@override_settings(LANGUAGE_CODE="en")
def test_a_wrong_password_is_told_without_saying_which_of_the_two_is_wrong(client, kari):
    wrong = client.post("/konto/logg-inn/", {"username": "kari", "password": "feil"})
    unknown = client.post("/konto/logg-inn/", {"username": "ola", "password": "feil"})

    sentence = "No account has this user name and password together."
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_button_and_not_just_a_link(client, kari):
    client.force_login(kari)

    asked = client.get("/konto/logg-ut/")
    still = "_auth_user_id" in client.session
    done = client.post("/konto/logg-ut/")

    assert (asked.status_code, still) == (200, True)
    assert "kari" in asked.content.decode()
    assert (done.status_code, done.url) == (302, "/")
    assert "_auth_user_id" not in client.session
