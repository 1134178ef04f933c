"""What becomes of a family's stories when the family is erased."""

from stories.models import Story, StoryPhoto
from stories.workflow import Status


def let_go(family):
    """End the link to the family: a story stays if it agreed to that, else it is gone.

    The words of the others are emptied by whoever erases; here they are taken down, and
    their pictures deleted. An address made of the title tells something too and ends.
    """
    stories = Story.objects.filter(family=family)
    staying = list(stories.staying().values_list("pk", flat=True))
    going = stories.exclude(pk__in=staying)
    StoryPhoto.objects.filter(story__in=going).delete()
    going.update(status=Status.REMOVED, slug=None, mark="")
    stories.update(family=None, case=None)
