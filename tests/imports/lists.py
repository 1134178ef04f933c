"""Lists as offices bring them, and what pages say of them."""

import csv
import io
import re

import openpyxl


def xlsx(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def csv_of(*rows, encoding="utf-8-sig", delimiter=";"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def cells_blamed(response):
    return re.findall(r'<th scope="row">(\w+)</th>', text_of(response))
