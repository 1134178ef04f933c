"""What is published is read; nobody answers to it here (R255)."""

from tests.factories import StoryFactory


def test_nobody_can_write_under_what_is_published(client, db):
    story = StoryFactory(published=True)

    for address in ("/stasti/", story.public_url):
        page = client.get(address).content.decode()
        assert "<textarea" not in page
        assert 'type="text"' not in page
        assert client.post(address, {"text": "Komentārs"}).status_code == 405
