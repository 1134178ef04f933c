"""Names of families in the texts of a case that are read outside the team."""

from families.services.names import TextCheck


def check_for(case, mediator, *, may_name_own=False):
    """Looks for every family the mediator knows; the own one may have agreed."""
    own = case.family.code
    return TextCheck(
        mediator,
        case.municipality,
        except_for=own if may_name_own else "",
        about=own,
    )


def check_for_readers(case):
    """The check of what coordinators read while the case is shared, else None."""
    share = case.shares.active().first()
    if share is None:
        return None
    return check_for(case, share.by, may_name_own=share.shows_label)
