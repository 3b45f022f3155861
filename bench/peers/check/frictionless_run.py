"""Frictionless: frictionless_run.py people.csv findings.csv"""

import csv
import os
import sys

import ten
from frictionless import Checklist, Resource, Schema, fields

os.chdir(os.path.dirname(os.path.abspath(sys.argv[1])))  # it refuses absolute paths
patterns = {c.column: c for c in ten.PATTERNS}
schema = Schema(fields=[
    fields.DateField(name=name, format=ten.DATE.pattern, constraints={"maximum": ten.AS_OF}) if name == ten.DATE.column
    else fields.StringField(name=name, constraints={"pattern": patterns[name].pattern} if name in patterns else {})
    for name in ten.COLUMNS])
report = Resource(path=os.path.basename(sys.argv[1]), schema=schema).validate(Checklist(), limit_errors=1_000_000_000)
with open(sys.argv[2], "w", newline="", encoding="utf-8") as f:
    out = csv.writer(f)
    out.writerow(["check", "id"])
    for task in report.tasks:
        for e in task.errors:
            name = patterns[e.field_name].name if e.field_name in patterns else ten.DATE.name if e.type == "type-error" else ten.PAST.name
            out.writerow([name, e.cells[0]])
