"""What the pages of the room share."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from interface.two_windows import status_of

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def show_names_first(request, about):
    """In place of a form with a name or note: they are hidden, and nobody corrects blindly."""
    return render(request, "families/names_hidden.html", {"about": about})


def form_page(request, template, form, **context):
    return render(
        request,
        f"families/{template}.html",
        {"form": form, **context},
        status=status_of(form),
    )
