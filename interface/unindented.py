"""Templates of our own, without the indentation that is for those who write them.

On a slow line it is up to a sixth of a page, and nobody sees it.
"""

import re

from django.template.loaders import filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """Pages alone; in a mail or a calendar a space at the beginning of a line is seen."""

    def get_contents(self, origin):
        content = super().get_contents(origin)
        is_page = origin.template_name.endswith(".html")
        return INDENTATION.sub("", content) if is_page else content
