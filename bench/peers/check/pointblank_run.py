"""pointblank on polars: pointblank_run.py people.csv findings.csv"""

import sys

import pointblank as pb
import polars as pl
import ten

people = pl.read_csv(sys.argv[1], infer_schema=False)
v = pb.Validate(people)
for c in ten.PATTERNS:
    v = v.col_vals_regex(columns=c.column, pattern=c.pattern, na_pass=True)
born = pl.col(ten.DATE.column)
v = v.col_vals_expr(born.is_null() | born.str.to_date("%Y-%m-%d", strict=False).is_not_null())
v = v.col_vals_expr(born.is_null() | (born <= ten.AS_OF))
v = v.interrogate(extract_limit=len(people))
found = v.get_data_extracts()
pl.concat(rows.select(pl.lit(ten.ALL[i - 1].name).alias("check"), "id") for i, rows in found.items() if rows is not None and len(rows)).write_csv(sys.argv[2])
