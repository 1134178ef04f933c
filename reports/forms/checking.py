"""What somebody who holds a report may ask: whether its code, or its file, is genuine."""

import hashlib
from io import BytesIO

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _

LARGEST = 5 * 1024 * 1024
"""Bytes of a file to check; reports are far smaller."""
PDF_BEGINS = b"%PDF-"


class CodeForm(forms.Form):
    """A verification code as people type it: any case, with or without the dash."""

    code = forms.CharField(
        label=_("Code from the document"),
        max_length=20,
        help_text=_("Eight letters and digits, for example 8KQ2-M4TF."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

    def clean_code(self):
        letters = [sign for sign in self.cleaned_data["code"].upper() if sign.isalnum()]
        if len(letters) != 8 or not "".join(letters).isascii():
            raise forms.ValidationError(_("A code has eight letters and digits."))
        return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


class SeenFile(UploadedFile):
    """A file that passed by: its length, beginning and hash, and nothing else of it."""

    def __init__(self, sha256, beginning, **kwargs):
        super().__init__(BytesIO(), **kwargs)
        self.sha256, self.beginning = sha256, beginning


class SeeFilesPass(FileUploadHandler):
    """Takes the hash of an upload while it arrives and keeps no byte of its content."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.hash, self.beginning = hashlib.sha256(), b""

    def receive_data_chunk(self, raw_data, start):
        if start < LARGEST:
            self.hash.update(raw_data)
            self.beginning += raw_data[: len(PDF_BEGINS) - len(self.beginning)]

    def file_complete(self, file_size):
        return SeenFile(
            self.hash.hexdigest(), self.beginning, name=self.file_name, size=file_size
        )


class PaperForm(forms.Form):
    """The PDF itself; handed to ``SeeFilesPass``, so that nothing of it is kept."""

    paper = forms.FileField(
        label=_("Or the PDF itself"),
        help_text=_(
            "The file is compared with what was issued and is not kept. Up to 5 MB."
        ),
        error_messages={
            "required": _("Choose the PDF that you want to check."),
            "invalid": _("Choose the PDF that you want to check."),
            "empty": _("The file is empty. Choose the PDF that you were sent."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        if paper.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. The reports from here are smaller.")
            )
        if paper.beginning != PDF_BEGINS:
            raise forms.ValidationError(
                _("This is not a PDF. Choose the file whose name ends with .pdf.")
            )
        return paper
