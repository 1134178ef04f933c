"""What is stored: each column of each table, its class, purpose and how long it is kept.

The register of processing, the export of one person's data and the documents read
this. A column that is missing here, or a row without a column, fails the tests.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from data_protection.periods import BY_KEY
from privacy.fields import EncryptedTextField


class Class(models.TextChoices):
    """How much harm a value can do. Who is in this database is known to be Roma:
    what tells who it is, or says something of a family, is special (GDPR 9)."""

    PUBLIC = "public", pgettext_lazy("class of data", "public")
    INTERNAL = "internal", pgettext_lazy("class of data", "internal")
    PERSONAL = "personal", pgettext_lazy("class of data", "personal")
    SPECIAL = "special", pgettext_lazy("class of data", "special category")


class Purpose(models.TextChoices):
    """What data are for."""

    HELP = "help", _("Help for families by the mediator")
    RIGHTS = "rights", _("Proof of consents and answers to people about their data")
    REPORTS = "reports", _("Reports to the municipality and results of the project")
    COOPERATION = "cooperation", _("Cooperation with institutions")
    TEAM = "team", _("Work of the team: accounts, working time, supervision")
    SECURITY = "security", _("Security: who did or saw what")
    SYSTEM = "system", _("Running the system")


class Storage(StrEnum):
    ENCRYPTED = "encrypted"
    PLAIN = "plain"


@dataclass(frozen=True)
class Table:
    """One model: what each of its columns is, for what and how long it is kept.

    ``classes`` is {column: Class}; ``logged`` are the columns whose values may stand
    in audit and log, all others may not.
    """

    model: str
    purpose: Purpose
    kept: str
    classes: dict
    logged: frozenset

    @property
    def model_class(self):
        return apps.get_model(self.model)

    @property
    def period(self):
        return BY_KEY[self.kept]

    def of_class(self, *wanted):
        return [name for name, kind in self.classes.items() if kind in wanted]

    def storage(self, column):
        field = self.model_class._meta.get_field(column)
        is_sealed = isinstance(field, EncryptedTextField)
        return Storage.ENCRYPTED if is_sealed else Storage.PLAIN

    @property
    def encrypted(self):
        return [name for name in self.classes if self.storage(name) == "encrypted"]


def table(model, purpose, kept, *, logged="id", **columns):
    """``columns`` are the classes with their columns, separated by spaces."""
    classes = {
        name: Class(kind) for kind, names in columns.items() for name in names.split()
    }
    return Table(model, purpose, kept, classes, frozenset(logged.split()))


P = Purpose
TABLES = (
    table("families.Family", P.HELP, "families", logged="id code municipality",
          internal="municipality adults children started_on closed_on restricted_on erased_on",
          special="id code label town_part address phone note"),
    table("families.FamilyAssignment", P.HELP, "families",
          internal="mediator kind starts_on ends_on substitution hand_over",
          special="id family"),
    table("families.FamilyMember", P.HELP, "families",
          special="id family name relation birth_year sex occupation is_carer "
                  "needs_literacy left_on"),
    table("families.FamilyNeed", P.HELP, "families", logged="id area level",
          internal="by", special="id family area level noted_on"),
    table("families.EducationRecord", P.REPORTS, "statistics", logged="id school_year",
          internal="municipality school_year institution_type by written_on",
          special="id family person_id sex age_band level institution programme group "
                  "attendance_before attendance may_drop_out is_supported home_language "
                  "view_heard told_by"),
    table("families.EducationRecord_reasons", P.HELP, "families", logged="",
          special="id educationrecord term"),
    table("families.YearlyCount", P.REPORTS, "statistics", logged="id municipality school_year",
          internal="id municipality school_year whom source division value number girls boys "
                   "by noted_on"),
    table("families.Residence", P.HELP, "families", logged="id status",
          internal="by", special="id family status since_on country place confirmed_on"),
    table("families.SafeguardingNotice", P.HELP, "families", logged="id told",
          internal="by created_at", special="id family told told_at note"),
    table("families.SparedWord", P.REPORTS, "families",
          internal="id mediator at", special="mark"),
    table("families.Consent", P.RIGHTS, "consents", logged="id purpose",
          internal="recorded_by",
          special="id family purpose manner language text given_on valid_until withdrawn_on"),
    table("families.ConsentText", P.RIGHTS, "reference", logged="id version",
          public="id version valid_from text_lv text_ru text_rom"),
    table("families.HandOver", P.TEAM, "accounts",
          personal="id mediator successor municipality last_day made_by made_at",
          special="family"),
    table("families.Substitution", P.TEAM, "accounts",
          personal="id absent substitute municipality starts_on ends_on reason made_by "
                   "made_at ended_early_on"),
    table("families.ConflictOfInterest", P.HELP, "families", logged="id kind",
          internal="mediator reported_at withdrawn_at", special="id family kind"),
    table("families.NameGrant", P.RIGHTS, "families", logged="id",
          internal="grantee asked_at decided_by granted_at ends_at declined_at revoked_at",
          special="id family reason"),
    table("cases.Case", P.HELP, "families", logged="id code area status outcome",
          internal="municipality mediator area category status opened_on closed_on outcome",
          special="id code family title goal what_helped"),
    table("cases.CaseEvent", P.HELP, "families", logged="id status outcome",
          internal="by at status outcome", special="id case what_helped"),
    table("cases.SubGoal", P.HELP, "families", logged="id position",
          internal="position done_on", special="id case text"),
    table("cases.CasePerson", P.REPORTS, "statistics", logged="id",
          special="id case person_id sex age_band"),
    table("cases.Achievement", P.REPORTS, "statistics", logged="id what",
          internal="municipality mediator what document achieved_on by created_at",
          special="id case person_id sex age_band"),
    table("cases.Involvement", P.REPORTS, "statistics", logged="id",
          internal="programme created_at", special="id family case person_id sex age_band"),
    table("cases.InvolvementStep", P.REPORTS, "statistics", logged="id step",
          internal="municipality mediator position step stepped_on reason by",
          special="id involvement"),
    table("cases.Participant", P.REPORTS, "families",
          internal="number ready_on",
          special="id involvement consent_on birth_year sex labour education disability "
                  "third_country foreign_background minority homeless rural left_searching "
                  "left_learning left_qualified left_working later_working later_better"),
    table("cases.Incident", P.HELP, "families", logged="id kind",
          internal="municipality mediator kind ground place reported_to reported_on outcome "
                   "noted_on report_noted_on",
          special="id family happened_on words"),
    table("cases.CaseShare", P.HELP, "families",
          internal="by shows_label starts_on ends_on created_at stopped_at",
          special="id case reason agreed_on"),
    table("cases.Advice", P.HELP, "families", logged="id asked",
          internal="by asked to asked_at answered_at answered_by",
          special="id case question answer"),
    table("cases.CommunityIssue", P.REPORTS, "reports", logged="id code area status",
          internal="id code municipality mediator area institution contact reported_on status "
                   "decided_on created_at",
          personal="text reaction"),
    table("cases.IssueEvent", P.REPORTS, "reports", logged="id status",
          internal="id issue at by status", personal="words"),
    table("cases.Delegation", P.COOPERATION, "partners", logged="id area",
          internal="id municipality contact area starts_on ends_on by"),
    table("cases.Agreement", P.COOPERATION, "partners", logged="id status",
          internal="id institution municipality contact agreed_on due_on status by",
          personal="content"),
    table("cases.Resource", P.COOPERATION, "partners", logged="id kind",
          public="id municipality kind name what for_whom valid_until",
          internal="by noted_on", personal="reach"),
    table("cases.Referral", P.HELP, "families", logged="id answer",
          internal="institution contact request names_shared sent_on due_on answer "
                   "answered_on by created_at",
          special="id case text note"),
    table("cases.NextStep", P.HELP, "families", logged="id kind status drop_reason",
          internal="mediator municipality kind institution contact due_on due_at status "
                   "drop_reason source done_by updated_at",
          special="id family case text"),
    table("cases.StepMove", P.REPORTS, "statistics", internal="id step by at from_on to_on"),
    table("cases.Visit", P.HELP, "families", logged="id code kind told_in",
          internal="code client_uuid mediator municipality without kind activity visited_on "
                   "minutes institution contact children youth adults change response "
                   "is_coordinated interpreting interpreted_minutes is_in_court "
                   "highlight told_in created_at updated_at",
          special="id case place note fingerprint"),
    table("cases.VisitFamily", P.REPORTS, "statistics", logged="", special="id visit family"),
    table("cases.VisitArea", P.REPORTS, "statistics", logged="area",
          internal="id visit area position"),
    table("cases.DeletedVisit", P.SYSTEM, "letters", logged="id code",
          internal="id client_uuid mediator code deleted_at", special="fingerprint remains"),
    table("cases.ClosedMonth", P.REPORTS, "reports", internal="id mediator municipality month"),
    table("cases.CalendarFeed", P.TEAM, "letters",
          personal="id mediator token_sha256 made_at revoked_at fetched_at"),
    table("events.Centre", P.COOPERATION, "partners", logged="id municipality",
          internal="id name kind municipality place opened_on closed_on opening_times"),
    table("events.Centre_funding", P.COOPERATION, "partners", internal="id centre term"),
    table("events.Event", P.REPORTS, "reports", logged="id code",
          internal="id code is_series series title kind area municipality centre mediator "
                   "held_on starts_at minutes place role initiated_by target other_organisers "
                   "institutions_typed institutions_number created_at updated_at",
          personal="outcome results"),
    table("events.Event_institutions", P.REPORTS, "reports", internal="id event institution"),
    table("events.Event_co_organisers", P.REPORTS, "reports", internal="id event institution"),
    table("events.Headcount", P.REPORTS, "reports",
          internal="id event category sex age_band from_municipality from_region count"),
    table("events.Leader", P.TEAM, "reports",
          internal="id event visit", personal="name own_minutes"),
    table("events.Invitation", P.COOPERATION, "reports",
          internal="id event", personal="contact state"),
    table("events.Testimonial", P.REPORTS, "reports",
          internal="id event municipality mediator agreed_on withdrawn_on created_at",
          special="text author"),
    table("imports.Import", P.SYSTEM, "letters", logged="id kind count",
          internal="id kind by municipality columns brought_at confirmed_at count made undone_at",
          special="content"),
    table("reports.MonthlyReport", P.REPORTS, "reports", logged="id municipality month desk status",
          internal="id mediator municipality month desk status figures reviewer "
                   "reviewer_seen_at created_at",
          personal="coordinator_note"),
    table("reports.ReportEvent", P.REPORTS, "reports", logged="id action",
          internal="id report action by at", personal="comment"),
    table("reports.ReportSection", P.REPORTS, "reports", logged="id key",
          internal="id report key is_finished is_accepted updated_at",
          special="text answer read_text"),
    table("reports.Comment", P.REPORTS, "reports", logged="id section",
          internal="id report section author at is_open", special="quote text"),
    table("reports.Ask", P.REPORTS, "reports", logged="id code kind status",
          internal="id report position kind due_on owner status code decided_on",
          personal="text outcome"),
    table("reports.AskEvent", P.REPORTS, "reports", logged="id status answer",
          internal="id ask at by delivery status answer", personal="words"),
    table("reports.ReportMeeting", P.REPORTS, "reports",
          internal="id report held_on contact post by at", personal="agreed"),
    table("reports.ReportVersion", P.REPORTS, "reports", logged="id number code sha256 pdf_sha256",
          internal="id report number code snapshot sha256 approved_by approved_at pdf "
                   "pdf_sha256 pdf_pages pdf_attempts pdf_error"),
    table("reports.Delivery", P.REPORTS, "reports", logged="id status",
          internal="id version requested_by status attempts due_at failure is_reminder "
                   "token_sha256 sent_at expires_at",
          personal="recipient acknowledged_at remark"),
    table("reports.ExportLog", P.SECURITY, "reports", logged="id sheets rows made_as",
          internal="id at first last municipality sheets rows made_as", personal="by"),
    table("reports.Export", P.SYSTEM, "letters",
          logged="id first last approved_only file_type has_password",
          internal="id first last approved_only file_type status asked_at due_at attempts "
                   "rows_done rows_counted failure has_password file sheets ready_at taken_at",
          personal="by password opens_with"),
    table("reports.Target", P.REPORTS, "reference", logged="id indicator year municipality value",
          internal="id indicator year municipality value"),
    table("reports.ApiToken", P.SECURITY, "letters", logged="id scopes",
          internal="id name scopes reaches_all token_sha256 made_at expires_at used_on revoked_at",
          personal="owner"),
    table("reports.ApiToken_municipalities", P.SECURITY, "letters", logged="municipality",
          internal="id apitoken municipality"),
    table("stories.Story", P.REPORTS, "stories", logged="id status",
          public="slug",
          internal="municipality mediator names_mediator status mark approved_mark "
                   "dignity_mark created_at published_on",
          special="id family case title hard done helped changed quote effect "
                  "municipality_did in_brief call told"),
    table("stories.StoryEvent", P.REPORTS, "stories", logged="id action",
          internal="id story action by at", special="comment"),
    table("stories.StoryAgreement", P.RIGHTS, "stories", logged="id scope",
          internal="id story mark recorded_by recorded_at",
          special="who agreed_on manner scope stays_when_erased withdrawn_on"),
    table("stories.StoryPhoto", P.REPORTS, "stories", logged="id shows",
          internal="id story shows signed_on sha256", special="description content"),
    table("stories.MediaItem", P.REPORTS, "reports", logged="id kind",
          public="id published_on medium kind title link municipality is_positive",
          internal="added_by", personal="mediator"),
    table("stories.Material", P.COOPERATION, "reference", logged="id kind",
          public="id title kind language target_group link pdf sheet valid_from valid_to",
          internal="added_by"),
    table("stories.Handout", P.REPORTS, "statistics", logged="id copies",
          internal="id material municipality handed_on copies place by noted_on"),
    table("reports.Letter", P.TEAM, "letters", personal="id to day attempts sent_at"),
    table("evaluation.Questionnaire", P.REPORTS, "reference", logged="id version",
          public="id version questions made_at"),
    table("evaluation.SurveyRound", P.REPORTS, "reports", logged="id",
          internal="id questionnaire opens_on closes_on announced_at made_by"),
    table("evaluation.SurveyLink", P.REPORTS, "reports", logged="id municipality",
          personal="secret",
          internal="id round municipality token_sha256 revoked_at extra_lv announced_on "
                   "invited_on reminded_on"),
    table("evaluation.AnswerSheet", P.REPORTS, "reports", logged="",
          internal="id link form_sha256"),
    table("evaluation.Answer", P.REPORTS, "reports", logged="id status codes",
          internal="id sheet question value codes status moderated_by", special="text shown"),
    table("evaluation.Recommendation", P.REPORTS, "reports",
          internal="id heading text addressee source carried_from from_answer made_at made_by"),
    table("evaluation.FollowUp", P.REPORTS, "reports",
          internal="id recommendation municipality text status noted_on by"),
    table("mediators.User", P.TEAM, "accounts",
          internal="id language text_size theme uses_shortcuts receives_letters is_active "
                   "created_at welcomed_at ethics_version",
          personal="password last_login email first_name last_name address_form phone"),
    table("mediators.Appointment", P.TEAM, "accounts", logged="id role municipality",
          personal="id user role municipality starts_on ends_on position hours_per_day "
                   "funding pays_groups_only"),
    table("mediators.FundingShare", P.TEAM, "accounts", logged="id appointment",
          personal="id appointment source percent"),
    table("mediators.MediatorProfile", P.TEAM, "accounts", logged="mediator",
          personal="mediator ready_on record_checked_on record_check_until card_is_public "
                   "card_slug card_phone card_hours card_may_be_found"),
    table("mediators.LanguageSkill", P.TEAM, "accounts", personal="id mediator language level"),
    table("mediators.TrainingCourse", P.SYSTEM, "reference",
          public="id title topic provider hours is_initial is_active"),
    table("mediators.Training", P.TEAM, "accounts",
          internal="id municipality course title kind topic provider hours",
          personal="mediator starts_on ends_on certificate_number certificate_issued_on "
                   "certificate_expires_on"),
    table("mediators.TrainingNeed", P.TEAM, "accounts", logged="id status",
          internal="id topic asked_on status planned_for training", personal="mediator wish"),
    table("mediators.EthicsCode", P.TEAM, "reference",
          public="id version valid_from text_lv text_en"),
    table("mediators.EthicsAcceptance", P.TEAM, "accounts", logged="id code",
          internal="id code accepted_at", personal="user"),
    table("mediators.Complaint", P.RIGHTS, "complaints", logged="id municipality outcome",
          internal="id code_sha256 municipality made_at outcome closed_by closed_at",
          special="about text reach answer"),
    table("mediators.Invitation", P.SECURITY, "accounts", logged="id purpose",
          internal="id purpose made_by made_at token_sha256 expires_at used_at", personal="user"),
    table("mediators.EmailChange", P.SECURITY, "accounts",
          internal="id asked_at expires_at token_sha256 stop_sha256 confirmed_at stopped_at",
          personal="user email"),
    table("mediators.FactorReset", P.SECURITY, "accounts", logged="id",
          internal="id asked_by asked_at confirmed_by confirmed_at stopped_at done_at",
          personal="user"),
    table("mediators.Tries", P.SECURITY, "letters", logged="", internal="key made last_at free_at"),
    table("mediators.Supervisor", P.TEAM, "partners",
          internal="id municipality is_active", personal="name email phone"),
    table("mediators.SupervisionRequest", P.TEAM, "accounts",
          internal="id how made_at status attempts", personal="mediator supervisor when phone"),
    table("mediators.SupervisionSession", P.TEAM, "accounts",
          internal="id hours kind", personal="mediator supervisor held_on"),
    table("municipalities.Municipality", P.SYSTEM, "reference", logged="id prefix slug",
          public="id label_lv label_en atvk prefix slug locative_lv full_name_lv region "
                 "valid_from valid_to successor tile_row tile_column report_template "
                 "sends_reports_itself attaches_pdf greeting"),
    table("municipalities.Region", P.SYSTEM, "reference", public="id label_lv label_en code"),
    table("municipalities.Term", P.SYSTEM, "reference",
          public="id vocabulary code label_lv label_en position valid_from valid_to"),
    table("municipalities.Counter", P.SYSTEM, "reference", logged="prefix", internal="prefix last"),
    table("municipalities.Institution", P.COOPERATION, "partners",
          public="id municipality name type phone email is_active"),
    table("municipalities.InstitutionContact", P.COOPERATION, "partners",
          internal="id institution is_active told_of_survey_on", personal="name post phone email"),
    table("municipalities.ContactPerson", P.REPORTS, "partners",
          internal="id municipality starts_on ends_on", personal="name post email"),
    table("municipalities.Premises", P.COOPERATION, "partners",
          public="id municipality room address hours transport starts_on ends_on"),
    table("municipalities.FundingLine", P.COOPERATION, "partners",
          internal="id municipality purpose source percent amount starts_on ends_on"),
    table("municipalities.Membership", P.COOPERATION, "partners",
          public="id municipality organisation member role starts_on ends_on"),
    table("municipalities.CityPlan", P.COOPERATION, "partners",
          public="id municipality title link starts_on ends_on"),
    table("municipalities.Partner", P.COOPERATION, "partners",
          public="id name role starts_on ends_on"),
    table("municipalities.GroupMember", P.COOPERATION, "partners",
          internal="id municipality role starts_on ends_on", personal="contact"),
    table("municipalities.GroupMeeting", P.COOPERATION, "reports",
          internal="id municipality held_on place", personal="minutes"),
    table("municipalities.GroupMeeting_present", P.COOPERATION, "reports",
          internal="id groupmeeting", personal="institutioncontact"),
    table("municipalities.GroupDecision", P.COOPERATION, "reports", logged="id status",
          internal="id meeting institution due_on status", personal="text"),
    table("municipalities.MunicipalVisit", P.COOPERATION, "reports", logged="id kind",
          internal="id municipality kind held_on other_place participants purpose",
          personal="conclusions"),
    table("privacy.AuditEntry", P.SECURITY, "audit",
          logged="id seq at actor verb object_type object_id detail previous_hash hash",
          internal="id seq previous_hash hash",
          personal="at actor verb object_type object_id detail"),
    table("privacy.AuditHead", P.SECURITY, "audit", internal="id seq hash"),
    table("privacy.Installation", P.SYSTEM, "reference", internal="id is_demo"),
    table("data_protection.AuditCheck", P.SECURITY, "audit", logged="id",
          internal="id asked_by asked_at anchor done_at head_seq head_hash rows "
                   "rows_of_the_week first_broken knows_anchor"),
    table("data_protection.AuditLetter", P.SECURITY, "audit", logged="id",
          internal="id to check_told sent_at"),
    table("data_protection.SubjectRequest", P.RIGHTS, "requests", logged="id code kind status",
          internal="code created_by is_from_officer confirmed_by confirmed_at closed_on status",
          special="id kind family member is_about_one received_on identity wish reason"),
    table("data_protection.Erasure", P.RIGHTS, "statistics", logged="id family_id member_id why",
          internal="id at why by", special="family_id member_id"),
    table("data_protection.LegalHold", P.RIGHTS, "requests", logged="id",
          internal="id by starts_on ends_on lifted_on", special="family reason"),
    table("data_protection.RetentionRun", P.RIGHTS, "audit",
          logged="id status planned done",
          internal="id status planned done ordered_by ordered_at confirmed_by confirmed_at "
                   "finished_at"),
    table("data_protection.Breach", P.RIGHTS, "breaches", logged="id code",
          internal="id code discovered_at registered_by registered_at is_exercise risk "
                   "authority_told_at people_told_at closed_on",
          personal="account what consequences measures decision seen_from seen_to"),
)  # fmt: skip
BY_MODEL = {row.model.lower(): row for row in TABLES}

# Free text that is personal and stays readable in the database, with the reason
READABLE = {
    "cases.Visit.place": "no form fills it; kept for places of events",
    "cases.Resource.reach": "how to reach a service or its official at work",
    "cases.Visit.fingerprint": "keyed hash of an entry, to recognise it when it comes again; goes "
    "with its words",
    "cases.DeletedVisit.fingerprint": "as above",
    "families.SparedWord.mark": "keyed hash; nothing can be read in it",
    "families.Family.code": "pseudonym, has to be looked up",
    "cases.Case.code": "pseudonym, has to be looked up",
    "cases.CalendarFeed.token_sha256": "hash of the secret",
    "mediators.User.password": "Argon2 hash",
    "mediators.User.email": "has to be looked up at the sign-in",
    "mediators.User.first_name": "staff, known to their colleagues",
    "mediators.User.last_name": "staff, known to their colleagues",
    "mediators.User.phone": "staff, known to their colleagues",
    "mediators.MediatorProfile.card_slug": "published by its owner",
    "mediators.MediatorProfile.card_phone": "published by its owner",
    "mediators.MediatorProfile.card_hours": "published by its owner",
    "mediators.Training.certificate_number": "staff, known to their colleagues",
    "mediators.Supervisor.name": "professional contact",
    "mediators.Supervisor.email": "professional contact",
    "mediators.Supervisor.phone": "professional contact",
    "municipalities.ContactPerson.name": "official in office",
    "municipalities.ContactPerson.post": "official in office",
    "municipalities.ContactPerson.email": "official in office",
    "municipalities.InstitutionContact.post": "official in office",
    "reports.Delivery.remark": "words of an official about a report without names",
    "privacy.AuditEntry.object_type": "name of a table",
    "privacy.AuditEntry.object_id": "id or code",
}
