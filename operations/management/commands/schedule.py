"""Queue what recurs: run it at every start, it does nothing the second time."""

from django.core.management.base import BaseCommand

from data_protection.services.chain import wait_for_monday
from operations.services.alarms import wait_for_the_next_look
from operations.services.pruning import wait_to_prune
from reports.services.letters import wait_for_morning
from reports.services.telling import begin_telling


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        wait_for_morning()
        wait_for_monday()
        wait_for_the_next_look()
        wait_to_prune()
        begin_telling()
