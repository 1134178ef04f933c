import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from mediators.models import User
from privacy.middleware import PrivatePagesMiddleware


@pytest.fixture
def answer_to(rf):
    """The response to somebody; what happens meanwhile may sign them in or out."""

    def answer(user, meanwhile=lambda request: None):
        def view(request):
            meanwhile(request)
            return HttpResponse(headers={"Cache-Control": "max-age=60"})

        request = rf.get("/")
        request.user = user
        return PrivatePagesMiddleware(view)(request)

    return answer


def sign_out(request):
    request.user = AnonymousUser()


def sign_in(request):
    request.user = User()


def test_a_page_of_somebody_signed_in_is_never_stored(answer_to):
    assert answer_to(User())["Cache-Control"] == "no-store"


def test_a_public_page_may_be_stored(answer_to):
    assert answer_to(AnonymousUser())["Cache-Control"] == "max-age=60"


def test_signing_in_and_out_is_never_stored(answer_to):
    assert answer_to(AnonymousUser(), meanwhile=sign_in)["Cache-Control"] == "no-store"
    assert answer_to(User(), meanwhile=sign_out)["Cache-Control"] == "no-store"
