"""The pages of a mediator's day, each beside a bare page of as many bytes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.utils import timezone

from bench import bare
from cases.models import Case, NextStep, Visit
from families.models import Family, FamilyAssignment


class Page:
    """A page, and what a plain list of its main rows would be."""

    goal, growth, most_queries = 2.5, {1_000_000: 1.1, 10_000_000: 1.3}, 12
    floor_is = (
        "a bare Django page of the same bytes: signed in, one query, one template"
    )

    def __init__(self, site):
        self.site = site
        self.user = site.mediator
        self.family = Family.objects.visible_to(self.user).order_by("code")[0]
        self.case = Case.objects.filter(family=self.family).order_by("code")[0]
        self.browser = site.sign_in(self.user)
        self.path = self.address()
        size = len(self.browser.get(self.path))
        self.bare = bare.browser(self._view(size), self.user)

    def run(self):
        self.browser.get(self.path)

    def run_floor(self):
        self.bare.get("/bare/")

    def _view(self, size):
        line = (
            "{% for row in rows %}<li><a href='/{{ row.pk }}/'>{{ row }}</a></li>"
            "{% endfor %}"
        )
        django = engines["django"]
        shown = len(django.from_string(line).render({"rows": list(self.rows())}))
        template = django.from_string(line + "x" * max(0, size - shown))

        @login_required
        def view(request):
            return HttpResponse(template.render({"rows": self.rows()}, request))

        return view


def own_families(user):
    mine = FamilyAssignment.objects.filter(mediator=user, ends_on=None)
    return Family.objects.filter(pk__in=mine.values("family"))


class Today(Page):
    name = "Šodien"

    def address(self):
        return "/sodien/"

    def rows(self):
        steps = NextStep.objects.filter(mediator=self.user, status="open")
        return steps.select_related("family").order_by("due_on")[:20]


class EntryForm(Page):
    """What somebody gets whose phone has not kept the form."""

    name = "the form of an entry"

    def address(self):
        return "/ieraksti/jauns/"

    def rows(self):
        return own_families(self.user)


class Families(Page):
    name = "Ģimenes"

    def address(self):
        return "/gimenes/"

    def rows(self):
        return own_families(self.user)[:50]


class Journal(Page):
    """Of last month, which is whole."""

    name = "Žurnāls"

    def address(self):
        today = timezone.localdate()
        month = today.month - 1 or 12
        self.month = (today.year - (month == 12), month)
        return "/ieraksti/?menesis={}-{:02}".format(*self.month)

    def rows(self):
        year, month = self.month
        return Visit.objects.filter(
            mediator=self.user, visited_on__year=year, visited_on__month=month
        )


class OneCase(Page):
    name = "a case"

    def address(self):
        return self.case.get_absolute_url()

    def rows(self):
        return Visit.objects.filter(case=self.case)[:20]


class OneFamily(Page):
    name = "a family"

    def address(self):
        return self.family.get_absolute_url()

    def rows(self):
        return Visit.objects.filter(visit_families__family=self.family)[:10]


class CopyOfAPhone(Page):
    """What a phone fetches by itself, once a minute while somebody uses it."""

    name = "the copy of a phone"

    def address(self):
        return "/ierice/dati/"

    def rows(self):
        return own_families(self.user)
