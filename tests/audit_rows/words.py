"""Why an answer leaves no entry in the audit."""

PUBLIC = "— the same for everybody, with nobody's data"
EMPTY = "— a form without anybody's data in it"
OWN = "— only what the person set for herself"
SHELL = "— the phone fills it with what it keeps; the server shows nothing"
CHOOSE = "— offers what can be chosen, shows no numbers yet"
UNCHANGED = "— the form as it was shown: nothing is changed, nothing noted"
ANONYMOUS = "— an entry would tell when somebody answered, and so who"
TO_FORM = "— sends on to the page behind the link, which is recorded"
ELSEWHERE = (
    "— opens with a link, factor, session or token that the house does not send: "
    "tests/mediators, tests/reports/test_api.py"
)
