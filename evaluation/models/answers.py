"""What was answered, by nobody in particular."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluation.models.survey import SurveyLink
from mediators.models import Role, User
from privacy.fields import EncryptedTextField


class AnswerSheet(models.Model):
    """The answers of one person: no account, no address, no day, an id without order.

    Of the form only a hash is kept, so that a double click is one sheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(
        SurveyLink,
        verbose_name=_("link of a survey"),
        related_name="sheets",
        on_delete=models.PROTECT,
    )
    form_sha256 = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("answers of one person")
        verbose_name_plural = _("answers of people")

    def __str__(self):
        return str(self.pk)


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Open answers of surveys that are over, for whoever moderates them.

        Not the coordinators: they are judged by them too.
        """
        if not user.has_role(Role.PROJECT_STAFF):
            return self.none()
        return self.texts().filter(sheet__link__round__in=_closed_rounds())

    def texts(self):
        return self.filter(value="")

    def waiting(self):
        return self.texts().filter(status=Answer.Status.WAITING)


def _closed_rounds():
    return SurveyLink.round.field.related_model.objects.closed()


class Answer(models.Model):
    """One answer to one question: the code of what was chosen, or words.

    Words are read by whoever moderates, without the names that were found in them, and by
    others once they were looked through. ``codes`` says what on the list they mean.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("not looked through")
        SHOWN = "shown", _("shown")
        KEPT_BACK = "kept_back", _("not shown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(
        AnswerSheet,
        verbose_name=_("answers of one person"),
        related_name="answers",
        on_delete=models.CASCADE,
    )
    question = models.CharField(_("question"), max_length=20)
    value = models.CharField(_("answer"), max_length=20, blank=True)
    text = EncryptedTextField(_("words"), max_length=2000, blank=True)
    shown = EncryptedTextField(_("words as shown"), max_length=2000, blank=True)
    codes = models.JSONField(_("means"), default=list, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING
    )
    moderated_by = models.ForeignKey(
        User,
        verbose_name=_("looked through by"),
        related_name="+",
        null=True,
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                name="answer_status_is_known",
                condition=Q(status__in=["waiting", "shown", "kept_back"]),
            ),
            models.UniqueConstraint(
                name="answer_stands_once_on_a_sheet",
                fields=["sheet", "question", "value"],
            ),
        ]

    def __str__(self):
        return self.question
