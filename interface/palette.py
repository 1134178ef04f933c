"""The colours of charts, declared once for screen, PDF and workbook."""

from typing import NamedTuple

FONT = "Tilts Sans, Source Sans 3, sans-serif"

INK = "#1E2B2D"
MUTED = "#526062"
DARK = "#0E4F52"  # the first or current value
MID = "#6FA5A1"  # the other values
PALE = "#A9CBC7"
TRACK = "#E6E2D8"
LINE = "#DFDACE"
AXIS = "#7B8788"
PAPER = "#FFFFFF"


class Part(NamedTuple):
    """Ground and text of one part of a stacked bar."""

    ground: str
    text: str


# Told apart by people who see red and green alike; counts are printed all the same
PARTS = {
    "done": Part("#0E4F52", "#FFFFFF"),
    "working": Part("#A9CBC7", "#12282A"),
    "handed": Part("#E3B55E", "#3A2503"),
    "late": Part("#9C2F25", "#FFFFFF"),
    "none": Part("#D5D1C7", "#1E2B2D"),
}

# From few to many, for heat tables and workbooks
STEPS = ("#FFFFFF", "#EDF4F3", "#D3E5E3", "#A9CBC7", "#6FA5A1", "#0E4F52")
