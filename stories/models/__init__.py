"""What goes out of the house to be read: stories, publicity, materials."""

from stories.models.agreement import StoryAgreement
from stories.models.material import Handout, Material
from stories.models.media import MediaItem
from stories.models.photo import StoryPhoto
from stories.models.story import Story, StoryEvent

__all__ = [
    "Handout",
    "Material",
    "MediaItem",
    "Story",
    "StoryAgreement",
    "StoryEvent",
    "StoryPhoto",
]
