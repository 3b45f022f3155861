"""The ten checks that every tool is given, each of one column, and a file to try them on.

A blank cell passes all of them. What a check asks for is told once here: to ledsq
as the name of its rule, to the others as the regular expression or comparison
that accepts the same texts, as ledsq's documented formats have it.
"""

import collections
import csv
import pathlib
import random

AS_OF = "2026-11-23"

# Written for both Python's re and Rust's: neither has all the classes of the other.
NAME = r"^(?:[^\W\d_]|[ .'-])+$"
# Areas as in normalise/codes/postcode_areas.csv. O and I are taken for digits where a digit must stand.
_AREAS = pathlib.Path(__file__).resolve().parents[3] / "normalise" / "codes" / "postcode_areas.csv"


def _postcode():
    with open(_AREAS, newline="", encoding="utf-8") as f:
        areas = [row[0] for row in list(csv.reader(f))[1:]]
    one = "".join(a for a in areas if len(a) == 1)
    two = "|".join(a.replace("O", "[O0]").replace("I", "[I1]") for a in areas if len(a) == 2)
    outward = rf"(?:[{one}][0-9OI](?:[0-9OIABCDEFGHJKPSTUW])?|(?:{two})[0-9OI](?:[0-9OIABEHMNPRVWXY])?)"
    return rf"^{outward}(?: ?[0-9OI][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z])?$"


Check = collections.namedtuple("Check", "name column rule pattern")
PATTERNS = [
    Check("surname is written as a name", "surname", "person/name-format", NAME),
    Check("given name is written as a name", "givenName", "person/name-format", NAME),
    Check("middle names are written as names", "middleNames", "person/name-format", NAME),
    Check("sex is a code of its list", "sex", "person/coded-value-unknown", r"^(?:M|F|Male|Female|Not known|Not specified|0|1|2|9|U|X)$"),
    Check("postcode has the form of one", "postcode", "person/postcode-invalid", _postcode()),
    Check("PNC ID has the form of one", "pncId", "person/pncid-format", r"^[0-9OI]{2,4}/?[0-9OI]{1,7}[A-Z]$"),
    Check("telephone number is one", "phone", "person/contact-format", r"^(?:0[1-9][0-9]{8,9}|\+44[1-9][0-9]{8,9})$"),
    Check("email address has the form of one", "email", "person/contact-format", r"^[^@ ,;<>\"]+@[^\W_]+(?:[.-][^\W_]+)*\.[^\W\d_]{2,}$"),
]
DATE = Check("date of birth is a date", "dateOfBirth", "record/date-format", r"%Y-%m-%d")
PAST = Check("date of birth is not in the future", "dateOfBirth", "person/dob-future", AS_OF)
ALL = PATTERNS + [DATE, PAST]
RULES = sorted({c.rule for c in ALL})
COLUMNS = ["id", "givenName", "middleNames", "surname", "sex", "dateOfBirth", "postcode", "addressLine", "town", "pncId", "phone", "email"]


def damaged(row, column, rnd):
    """Gives a cell a fault that its check must find."""
    text = row[column]
    if column in ("surname", "givenName", "middleNames"):
        at = rnd.randrange(len(text) + 1)
        return text[:at] + rnd.choice("0123456789") + text[at:]
    if column == "sex":
        return "Q" + rnd.choice("2345678")
    if column == "dateOfBirth":
        return text[:4] + "-02-3" + rnd.choice("01") if rnd.random() < 0.5 else f"20{rnd.randrange(30, 90)}" + text[4:]
    if column == "postcode":
        return text[:-1] + rnd.choice("23456789")
    if column == "pncId":
        return text[:-1]
    if column == "phone":
        return text[:-4]
    return text.replace("@", rnd.choice(("", "@@", " at ")))


def plain(row):
    """Writes telephone numbers without spaces and dates as ISO 8601 has them: of the ways to type them one that all tools read."""
    phone = "".join(c for c in row.get("mobile") or row.get("phone") or "" if c not in " -().")
    row["phone"] = phone if phone[:2] in ("07", "01", "02") and len(phone) == 11 else ""
    born = row["dateOfBirth"]
    if len(born) == 10 and not born[2].isdigit():
        day, month, year = born[:2], born[3:5], born[6:]
        born = f"{year}-{month}-{day}"
    row["dateOfBirth"] = born if len(born) == 10 and born[4] == born[7] == "-" and (born[:4] + born[5:7] + born[8:]).isdigit() else ""


def write_damaged(source, target, share=0.002, seed=1):
    """Writes the columns of the checks, with a fault in a share of the cells of
    each checked column; gives the ids of the faulty rows by check."""
    rnd, faulty = random.Random(seed), collections.defaultdict(set)
    checked = {c.column: c.name for c in PATTERNS} | {"dateOfBirth": ""}
    with open(source, newline="", encoding="utf-8") as f, open(target, "w", newline="", encoding="utf-8") as g:
        out = csv.DictWriter(g, COLUMNS, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        for row in csv.DictReader(f):
            plain(row)
            for column, name in checked.items():
                if row[column] and rnd.random() < share:
                    row[column] = damaged(row, column, rnd)
                    if column == "dateOfBirth":
                        name = PAST.name if row[column][:2] == "20" and row[column] > AS_OF else DATE.name
                    faulty[name].add(row["id"])
            out.writerow(row)
    return faulty
