from django_tasks_db.management.commands import db_worker

from privacy import abandoned


class Command(db_worker.Command):
    """The worker of django-tasks-db, which also takes over from one that was killed."""

    def handle(self, *, worker_id, **options):
        with abandoned.watched(worker_id):
            super().handle(worker_id=worker_id, **options)
