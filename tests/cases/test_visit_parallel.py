"""The same form arrives several times at the same moment, on the suite's database."""

import pytest

from tests.cases.answers import answers
from tests.parallel import in_parallel

SENDERS = 4
SEND = """
from django.test import Client
from django.test.utils import setup_test_environment

from cases.models import Visit
from mediators.models import User

setup_test_environment()
everybody_sent = multiprocessing.get_context("fork").Barrier(4)


def act(typed):
    client = Client()
    client.force_login(User.objects.get())
    response = client.post("/ieraksti/jauns/", typed)
    everybody_sent.wait(timeout=60)
    return [response.status_code, response.headers.get("Location"), Visit.objects.count()]
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_once_is_one_entry_and_four_times_one_answer(
    mediator, tmp_path
):
    typed = answers(new_institution_name="Bibliotēka")

    found = in_parallel(SEND, [typed] * SENDERS, tmp_path)

    [(status, _location, entries)] = {tuple(one) for one in found}
    assert (status, entries) == (302, 1)
