"""Great Expectations on pandas: gx_run.py people.csv findings.csv"""

import csv
import os
import sys

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # it would send what it did over the network
import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import ten

people = pd.read_csv(sys.argv[1], dtype=str)
people["born"] = pd.to_datetime(people[ten.DATE.column], format=ten.DATE.pattern, errors="coerce")  # texts have no order for it
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
batch = context.data_sources.add_pandas("p").add_dataframe_asset("p").add_batch_definition_whole_dataframe("p")
suite = context.suites.add(gx.ExpectationSuite("ten"))
for c in ten.PATTERNS:
    suite.add_expectation(gxe.ExpectColumnValuesToMatchRegex(column=c.column, regex=c.pattern, meta={"check": c.name}))
suite.add_expectation(gxe.ExpectColumnValuesToMatchStrftimeFormat(column=ten.DATE.column, strftime_format=ten.DATE.pattern, meta={"check": ten.DATE.name}))
suite.add_expectation(gxe.ExpectColumnValuesToBeBetween(column="born", max_value=pd.Timestamp(ten.AS_OF), meta={"check": ten.PAST.name}))
definition = context.validation_definitions.add(gx.ValidationDefinition(name="p", data=batch, suite=suite))
result = definition.run(batch_parameters={"dataframe": people}, result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["id"], "return_unexpected_index_query": False})
with open(sys.argv[2], "w", newline="", encoding="utf-8") as f:
    out = csv.writer(f)
    out.writerow(["check", "id"])
    for r in result.results:
        if r.exception_info and r.exception_info.get("raised_exception"):
            sys.exit(str(r.exception_info)[:500])
        out.writerows((r.expectation_config.meta["check"], row["id"]) for row in r.result.get("unexpected_index_list") or [])
