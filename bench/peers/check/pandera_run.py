"""pandera on polars: pandera_run.py people.csv findings.csv"""

import sys

import pandera.polars as pa
import polars as pl
import ten

people = pl.read_csv(sys.argv[1], infer_schema=False)
checks = {name: [] for name in ten.COLUMNS}
for c in ten.PATTERNS:
    checks[c.column].append(pa.Check.str_matches(c.pattern, name=c.name, error=c.name))
checks["dateOfBirth"] += [
    pa.Check(lambda d: d.lazyframe.select(pl.col(d.key).is_null() | pl.col(d.key).str.to_date("%Y-%m-%d", strict=False).is_not_null()), name=ten.DATE.name, error=ten.DATE.name),
    pa.Check.less_than_or_equal_to(ten.AS_OF, name=ten.PAST.name, error=ten.PAST.name),
]
schema = pa.DataFrameSchema({name: pa.Column(str, list_, nullable=True) for name, list_ in checks.items()})
try:
    schema.validate(people, lazy=True)
    cases = pl.DataFrame({"check": [], "index": []}, schema={"check": pl.String, "index": pl.Int32})
except pa.errors.SchemaErrors as e:
    cases = e.failure_cases
cases.select("check", id=people["id"].gather(cases["index"])).write_csv(sys.argv[2])
