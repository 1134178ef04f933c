"""Words around a story are read by the team and later by anybody: they name no family."""

from families.forms.nameless import NamelessAtPlace


class NamelessInStory(NamelessAtPlace):
    """Mixin: also refuses the families of the mediator who tells the story.

    Whoever speaks for her may know none of them. ``story`` and ``by`` are set by the form.
    """

    story = None

    def get_named(self):
        return self.story

    @property
    def named_place(self):
        return self.story.municipality_id

    def name_checks(self, named):
        return [self.story.text_check(), *super().name_checks(named)]
