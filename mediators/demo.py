"""Accounts of the demo: who they are, and the password they share."""

from mediators.models import Appointment, Role

PASSWORD = "tilts-demo-2026"  # noqa: S105 -- printed for everybody who tries the demo


def accounts():
    """One row per person, the most typical of each role first."""
    order = {role: position for position, role in enumerate(Role.values)}
    appointments = (
        Appointment.objects.current()
        .filter(user__is_active=True)
        .select_related("user", "municipality")
        .order_by("pk")
    )
    return [
        {
            "role": appointment.role,
            "email": appointment.user.email,
            "password": PASSWORD,
            "municipality": appointment.municipality
            and appointment.municipality.label_lv,
        }
        for appointment in sorted(appointments, key=lambda row: order[row.role])
    ]
