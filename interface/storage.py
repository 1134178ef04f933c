"""Static files under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Scripts import each other by their hashed names too.

    Otherwise a new page could load an old module from the browser's cache, and
    the phone could not keep one version of the scripts as a whole.
    """

    support_js_module_import_aggregation = True
