from django.apps import AppConfig


class MediatorsConfig(AppConfig):
    name = "mediators"
