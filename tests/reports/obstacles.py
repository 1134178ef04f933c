"""Drawings that go wrong, each in a process of its own: it knows no Django."""

import os
import signal
import socket
import time

from interface import drawing


def without_network(*question):
    def refuse(*args, **kwargs):
        raise AssertionError("The PDF asked the network")

    socket.socket = socket.create_connection = refuse
    drawing.answer(*question)


def hanging(asker, html, seconds):
    time.sleep(60)


def crashing(asker, html, seconds):
    os.kill(os.getpid(), signal.SIGSEGV)


def stumbling(asker, html, seconds):
    def draw(html, sheet):
        raise ZeroDivisionError("Kārkliņu ģimene")

    drawing.draw = draw
    drawing.answer(asker, html, seconds)


def greedy(asker, html, seconds):
    drawing.draw = lambda html, sheet: bytearray(drawing.MEMORY)
    drawing.answer(asker, html, seconds)
