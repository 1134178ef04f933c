"""Read a PDF as people and screen readers do."""

import subprocess

import page


def text_of(content, *options):
    """What ``pdftotext`` finds, each run of white space as one space."""
    text = subprocess.run(
        ["pdftotext", *options, "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return " ".join(text.split())


def assert_accessible(content):
    """PDF/UA-1: tagged, titled, with a language and words for each picture."""
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
