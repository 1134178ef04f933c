"""People of institutions, in a professional capacity."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports.resources.columns import Column
from imports.resources.table import Table, ids_of
from municipalities import services
from municipalities.forms import TEXT_ERRORS, ContactForm, phone_number
from municipalities.models import Institution, InstitutionContact
from privacy.fold import fold

ASKED = ContactForm.base_fields


def asked(name, **more):
    return Column(ASKED[name].label, ASKED[name], **more)


class ContactTable(Table):
    """One row for each person; the institution is on the list already."""

    model = InstitutionContact

    institution = Column(
        gettext_lazy("Institution"),
        forms.CharField(
            max_length=200,
            error_messages={
                "required": gettext_lazy("Write the name of the institution"),
                **TEXT_ERRORS,
            },
        ),
        note=gettext_lazy("As it is called in the list of contacts."),
    )
    name = asked("name")
    post = asked("post")
    phone = asked("phone", validators=[phone_number])
    email = asked("email")

    def prepare(self):
        here = [self.place] if self.place else []
        institutions = Institution.objects.of(here).active()
        self.institutions = {fold(row.name): row for row in institutions}
        people = InstitutionContact.objects.of(here).select_related("institution")
        self.similar = services.Known(people)

    def judge(self, row):
        row.name = row.values["name"] or ""
        name = row.values["institution"]
        if name and fold(name) not in self.institutions:
            self.blame(
                row,
                "institution",
                _("There is no institution of this name. Import institutions first."),
            )

    def compare(self, rows):
        seen = {}
        for row in rows:
            said = row.values
            if not (said["name"] and said["institution"]):
                continue
            key = fold(said["name"]), fold(said["institution"])
            if key in seen:
                row.like = _("as in row %(number)d of the file") % {"number": seen[key]}
            else:
                alike = self.similar.similar(
                    said["name"], said["phone"] or "", said["email"] or ""
                )
                row.like = "; ".join(f"{one.name}, {one.about}" for one in alike[:3])
            seen.setdefault(key, row.number)

    def add(self, rows, *, actor):
        people = [
            InstitutionContact(
                institution=self.institutions[fold(row.values["institution"])],
                **{
                    name: row.values[name]
                    for name in ("name", "post", "phone", "email")
                },
            )
            for row in rows
        ]
        services.add_all(people, by=actor)
        return ids_of(people)

    @classmethod
    def names(cls, ids):
        rows = InstitutionContact.objects.filter(pk__in=ids).order_by("pk")
        return [row.institution.name for row in rows.select_related("institution")]
