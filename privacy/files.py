"""Files that a command leaves on the machine."""

import os


def write_for_owner(path, content):
    """Write bytes that no other user of the machine can read, and that stay.

    Whoever looks at ``path`` meanwhile, or after the machine has stopped, finds the file
    of before, or the whole new one. Raises OSError.
    """
    fresh = path.with_name(f".{path.name}.part")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        fresh.unlink(missing_ok=True)
