"""The description of the addresses for programs (OpenAPI 3.1), of the same declarations."""

from django.conf import settings
from django.urls import reverse

from reports.answers import LANGUAGES, LEVELS, MOST_PLACES, PLACES_AT_ONCE, STATES
from reports.counting import Unit
from reports.indicators import TOLD
from reports.measures import TOLD_MEASURES
from reports.models import ApiScope

VERSION = "1.1.0"
PERIOD = r"^2\d{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$"
MONTH = r"^2\d{3}-(0[1-9]|1[0-2])$"


def of(kind, text="", **more):
    """One value: its type and, where the name does not say all, a sentence."""
    return {"type": kind, **more, **({"description": text} if text else {})}


def record(**fields):
    """An object that always has all its fields and no other."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def rows_of(name):
    return {"type": "array", "items": ref(name)}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


IN_LANGUAGES = record(**{language: of("string") for language in LANGUAGES})
HEAD = {
    "as_of": of(
        "string", "When it was counted, but for what `told` says.", format="date-time"
    ),
    "definitions": of(
        "string", "Version of the definitions: numbers of two versions do not compare."
    ),
}
DAYS = {
    "first_day": of("string", "The first day that was counted.", format="date"),
    "last_day": of("string", "The last day that was counted.", format="date"),
}
COUNTED = DAYS | {
    "only_approved_months": of(
        "boolean", "False: months whose report is not approved yet are in."
    ),
    "reports": record(approved=of("integer"), all=of("integer")),
    "small_numbers_below": of(
        "integer", "Counts of families from 1 up to this are not told."
    ),
    "told": {
        **rows_of("ToldPart"),
        "description": "Counts of indicators that hide small numbers are written down "
        "once: those of the answer's period and of its months, on these days. A longer "
        "part is put together of its months as they were told.",
    },
}
VALUE = {
    "value": of(
        ["number", "null"],
        "Nothing where the number is not told, or where there is no number: a share of no cases.",
    ),
    "hidden": of(
        ["string", "null"],
        "“<5”: from one to four. “•”: would give a small number away.",
    ),
}
PLACE = of(["string", "null"], "Key of a municipality; nothing: all together.")


def _schemas():
    keys = [indicator.key for indicator in (*TOLD, *TOLD_MEASURES)]
    indicator = of("string", enum=keys)
    municipalities = {"municipalities": rows_of("Municipality")}
    return {
        "Problem": record(
            title=of("string"), status=of("integer"), detail=of("string")
        ),
        "Municipality": record(
            key=of("string"), code=of("string", "ATVK"), label=IN_LANGUAGES
        ),
        "Indicator": record(
            key=indicator,
            code=of("string", "Code in the catalogue."),
            label=IN_LANGUAGES,
            definition=IN_LANGUAGES,
            unit=of("string", enum=[unit.value for unit in Unit]),
            unit_label=IN_LANGUAGES,
            has_months=of("boolean", "False: what stands open at the end."),
            hides_small_numbers=of("boolean"),
        ),
        "ToldPart": record(
            part=of("string", "A month, a quarter, a year, or from January on."),
            told_at=of("string", "When it was counted.", format="date-time"),
        ),
        "Result": record(
            level=of(
                "string", "Choose one, or the same is counted twice.", enum=[*LEVELS]
            ),
            indicator=indicator,
            municipality=PLACE,
            month=of(["string", "null"], pattern=MONTH),
            **VALUE,
        ),
        "Target": record(
            indicator=indicator,
            municipality=PLACE,
            target=of("integer", "To be reached by the end of the year."),
            expected=of("integer", "Its share of the days that were counted."),
            **VALUE,
            share=of(["number", "null"], "Done divided by the target."),
        ),
        "ReportStates": record(
            municipality=of("string"),
            month=of("string", pattern=MONTH),
            **{state: of("integer") for state in STATES},
            on_time=of("integer", "Handed in by the day they were due."),
        ),
        "Indicators": record(**HEAD, indicators=rows_of("Indicator")),
        "Results": record(
            **HEAD,
            period=of("string", pattern=PERIOD),
            **COUNTED,
            **municipalities,
            rows=rows_of("Result"),
        ),
        "Targets": record(
            **HEAD,
            year=of("integer"),
            **COUNTED,
            **municipalities,
            rows=rows_of("Target"),
        ),
        "Reports": record(
            **HEAD,
            period=of("string", pattern=PERIOD),
            **DAYS,
            next=of(
                ["string", "null"],
                "What to send as `after` for the next page; nothing on the last one.",
            ),
            **municipalities,
            rows=rows_of("ReportStates"),
        ),
    }


def _parameter(name, pattern, text, example):
    return {
        "name": name,
        "in": "query",
        "required": True,
        "description": text,
        "schema": {"type": "string", "pattern": pattern},
        "example": example,
    }


BY_PERIOD = _parameter(
    "period", PERIOD, "A year, quarter or month that is over.", "2026-Q1"
)
OF_A_PAGE = (
    {
        "name": "after",
        "in": "query",
        "description": "`next` of the page before.",
        "schema": of("string"),
    },
    {
        "name": "limit",
        "in": "query",
        "description": "Municipalities on a page.",
        "schema": of("integer", minimum=1, maximum=MOST_PLACES, default=PLACES_AT_ONCE),
    },
)
BY_YEAR = _parameter(
    "year", r"^2\d{3}$", "A calendar year, up to its last quarter that is over.", "2026"
)


def _problems():
    texts = {
        "400": "The period or another parameter makes no sense.",
        "401": "No valid token.",
        "404": "The token does not open this.",
        "405": "Anything but GET and HEAD; `Allow` names them.",
        "429": "Too many requests in a minute; `Retry-After` says how long to wait.",
        "default": "Anything else that went wrong, told in the same form.",
    }
    content = {"application/problem+json": {"schema": ref("Problem")}}
    return {
        status: {"description": text, "content": content}
        for status, text in texts.items()
    }


ACCEPTED = {
    "202": {
        "description": "The log is large and nothing is kept of this yet: it is being "
        "counted. Ask again after `Retry-After` seconds.",
        "headers": {"Retry-After": {"schema": of("integer")}},
        "content": {"application/json": {"schema": ref("Problem")}},
    }
}


def _get(summary, schema, scope, *parameters, answers=None):
    answer = {
        "description": summary,
        "content": {"application/json": {"schema": schema}},
    }
    return {
        "get": {
            "summary": summary,
            "description": f"Scope: `{scope}`." if scope else "Any token.",
            "parameters": [*parameters],
            "security": [{"token": []}],
            "responses": {"200": answer, **(answers or {}), **_problems()},
        }
    }


def description():
    """The whole document."""
    paths = {
        "indicators": _get(
            "What is counted, and how", ref("Indicators"), ApiScope.INDICATORS
        ),
        "results": _get(
            "Values: all together, by municipality, by municipality and month",
            ref("Results"),
            ApiScope.INDICATORS,
            BY_PERIOD,
            answers=ACCEPTED,
        ),
        "targets": _get(
            "Targets of a year beside what was done",
            ref("Targets"),
            ApiScope.TARGETS,
            BY_YEAR,
            answers=ACCEPTED,
        ),
        "reports": _get(
            "How many reports of each month and municipality stand where",
            ref("Reports"),
            ApiScope.REPORTS,
            BY_PERIOD,
            *OF_A_PAGE,
        ),
        "openapi": _get("This description", {"type": "object"}, None),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tilts",
            "version": VERSION,
            "description": "Aggregated numbers, read-only. Never personal data.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {reverse(f"reports:api-{name}"): path for name, path in paths.items()},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }
