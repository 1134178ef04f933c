"""Static files under names that change with their content."""

import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Scripts import each other by their hashed names too.

    Otherwise a new page could load an old module from the browser's cache, and
    the phone could not keep one version of the scripts as a whole.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, *args, **options):
        """Scripts go without what only their readers need, a fifth of what a new phone fetches."""
        paths = {
            name: (Minified(storage), path) for name, (storage, path) in paths.items()
        }
        return super().post_process(paths, *args, **options)


class Minified:
    """What ``collectstatic`` found somewhere; licences stay."""

    def __init__(self, storage):
        self.storage = storage

    def open(self, path):
        file = self.storage.open(path)
        if not path.endswith(".js"):
            return file
        with file:
            script = file.read().decode()
        return ContentFile(rjsmin.jsmin(script, keep_bang_comments=True).encode())
