"""Draws a page, and throws it away, wherever it is imported.

Processes that draw are forked from one that imported this: what every drawing reads and
builds first (fonts, stylesheets, tables of letters) is there already.
"""

import gc

from interface import drawing

drawing.draw(
    "<h1>Ā</h1><p>ā <b>č</b> <strong>ē</strong></p>"
    "<table><tr><th>ģ</th><td>1</td></tr></table>"
)
# The fonts of the page go, and the thread that looked for them: a fork takes no thread along
gc.collect()
