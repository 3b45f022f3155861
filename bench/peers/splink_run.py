"""Splink on a file of persons: CSV in, clusters out, as its documentation advises.

    splink_run.py persons.csv clusters.csv [wide]

The columns are found by their names. Training follows Splink's tutorials: the
prior from deterministic rules, u from random pairs, m by two rounds of
expectation maximisation; clusters at a match probability of 0.95. With wide all
who were born on one day are compared as well.
"""

import logging
import sys
import warnings

warnings.filterwarnings("ignore")
import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.WARNING)

NAMES = {
    "unique_id": ("unique_id", "id"),
    "forename": ("forename", "givenName"),
    "surname": ("surname",),
    "middle_name": ("middle_name", "middleNames"),
    "sex": ("sex",),
    "dob": ("dob", "dateOfBirth"),
    "postcode": ("postcode",),
    "pnc_id": ("pnc_id", "pncId"),
    "phone": ("phone", "mobile"),
    "email": ("email",),
}


def read(con, path):
    con.execute("create table raw as select * from read_csv(?, all_varchar=true, header=true)", [path])
    there = [row[0] for row in con.execute("describe raw").fetchall()]
    wanted = []
    for name, aliases in NAMES.items():
        column = next((a for a in aliases if a in there), None)
        text = f"lower(trim(\"{column}\"))" if column else "null"
        if name == "dob" and column:  # day first, as ledsq reads it, or ISO
            text = f"""coalesce(strftime(try_strptime("{column}", ['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y']), '%Y-%m-%d'), '')"""
        if name == "unique_id":
            text = f'"{column}"'
        wanted.append(f"nullif({text}, '') as {name}")
    con.execute(f"create table people as select *, forename || ' ' || surname as whole_name from (select {', '.join(wanted)} from raw)")
    con.execute("drop table raw")


def rules():
    for columns in (
        ("pnc_id",), ("phone",), ("email",),
        ("surname", "dob"), ("forename", "dob"), ("dob", "postcode"),
        ("surname", "postcode"), ("forename", "postcode"),
        ("substr(surname, 1, 3)", "dob"),
        ("forename", "surname", "substr(dob, 1, 4)"),
    ):
        yield block_on(*columns)
    yield "l.forename = r.surname and l.surname = r.forename and l.dob = r.dob"


def main(source, target, wide=""):
    con = duckdb.connect()
    read(con, source)
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=list(rules()) + ([block_on("dob")] if wide else []),
        comparisons=[
            cl.ForenameSurnameComparison("forename", "surname", forename_surname_concat_col_name="whole_name"),
            cl.JaroWinklerAtThresholds("middle_name", [0.9]),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("pnc_id", [1]),
            cl.ExactMatch("phone"),
            cl.EmailComparison("email"),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    linker = Linker(DuckDBAPI(connection=con).register(con.table("people")), settings)
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("pnc_id"), block_on("forename", "surname", "dob"), block_on("email", "dob")], recall=0.7)
    train.estimate_u_using_random_sampling(max_pairs=1e7)
    train.estimate_parameters_using_expectation_maximisation(block_on("forename", "surname"), estimate_without_term_frequencies=True)
    train.estimate_parameters_using_expectation_maximisation(block_on("dob", "substr(postcode, 1, 3)"), estimate_without_term_frequencies=True)
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.95)
    con.execute(f"copy (select unique_id as id, cluster_id from {clusters.physical_name}) to '{target}' (format csv, header)")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
