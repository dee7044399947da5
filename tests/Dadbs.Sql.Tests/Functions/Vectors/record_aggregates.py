#!/usr/bin/env python3
"""Records aggregates.tsv and series.tsv beside it from a PostgreSQL 15 server (arguments: psql connection options).

aggregates.tsv: function(types), the rows' argument texts (\\N for NULL) one after the other, "=", the result's text or \\N, or "!" and SQLSTATE.
series.tsv: function(types), argument texts, "=", the rows as a text array, or "!" and SQLSTATE. Session as in record_functions.py.
"""
import json
import os
import random
import subprocess
import sys

ARGS = sys.argv[1:] or ["-h", "127.0.0.1", "-p", "54321", "-U", "postgres"]
random.seed(11)
ints = [["1", "2", "3"], ["5"], [], [None], ["1", None, "-7", "32767"], ["32767"] * 5, [str(random.randint(-9999, 9999)) for _ in range(40)]]
big = ints + [["9223372036854775807"] * 3, ["-9223372036854775808", "-1"]]
nums = [["1.5", "2.25", "-3"], ["NaN", "1"], ["Infinity", "1"], ["Infinity", "-Infinity"], [], [None], ["0.1"] * 10, ["1e20", "0.0000001"], ["%.*f" % (random.randint(0, 8), random.uniform(-1e6, 1e6)) for _ in range(40)]]
floats = [["1.5", "2.25", "-3"], ["NaN", "1"], ["Infinity", "1"], [], ["0.1"] * 10, ["1e308", "1e308"], [repr(random.uniform(-1e3, 1e3)) for _ in range(40)]]
cases = []
for t, groups in [("int2", ints), ("int4", ints), ("int8", big), ("numeric", nums), ("float8", floats), ("float4", floats)]:
    for f in ["sum", "avg", "min", "max", "var_pop", "var_samp", "variance", "stddev_pop", "stddev_samp", "stddev"]:
        for g in groups:
            if t == "float4" and "1e308" in g:
                continue
            cases.append((f, [t], [[v] for v in g]))
for t in ["int2", "int4", "int8"]:
    for f in ["bit_and", "bit_or", "bit_xor"]:
        for g in ints:
            cases.append((f, [t], [[v] for v in g]))
for f in ["bool_and", "bool_or", "every"]:
    for g in [["t", "f"], ["t"], [], [None], ["f", None]]:
        cases.append((f, ["bool"], [[v] for v in g]))
for t, g in [("text", ["b", "a", None, "ä"]), ("bpchar", ["b", "a"]), ("date", ["2024-01-01", "infinity", "1999-01-01"]), ("timestamp", ["2024-01-01", "1999-01-01 10:00"]), ("interval", ["1 mon", "29 days", "31 days"]), ("oid", ["4294967295", "1"]), ("time", ["10:00", "09:00"])]:
    for f in ["min", "max"]:
        cases.append((f, [t], [[v] for v in g]))
for f in ["sum", "avg"]:
    cases.append((f, ["interval"], [["1 mon"], ["2 days 03:00:00"], ["1 year 00:00:01"]]))
cases.append(("string_agg", ["text", "text"], [["a", ","], ["b", ","], [None, ","], ["c", None], ["d", "-"]]))
cases.append(("string_agg", ["text", "text"], [[None, ","]]))
cases.append(("string_agg", ["bytea", "bytea"], [["\\x01", "\\xff"], ["\\x02", "\\xff"]]))
pairs = [[repr(random.uniform(-10, 10)), repr(random.uniform(-10, 10))] for _ in range(15)]
for f in ["corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy"]:
    for rows in [pairs, pairs[:1], [], [["1", "2"], ["1", "3"]], [["1", "2"], ["3", "2"]], [["1", None], ["2", "3"]]]:
        cases.append((f, ["float8", "float8"], rows))
series = [
    ("generate_series", ["int4", "int4"], ["1", "5"]), ("generate_series", ["int4", "int4"], ["5", "1"]), ("generate_series", ["int4", "int4", "int4"], ["10", "1", "-3"]),
    ("generate_series", ["int4", "int4", "int4"], ["1", "5", "0"]), ("generate_series", ["int8", "int8"], ["9223372036854775805", "9223372036854775807"]), ("generate_series", ["int4", "int4", "int4"], ["2147483645", "2147483647", "5"]),
    ("generate_series", ["numeric", "numeric"], ["1.5", "4"]), ("generate_series", ["numeric", "numeric", "numeric"], ["1", "2", "0.25"]), ("generate_series", ["numeric", "numeric", "numeric"], ["1", "2", "NaN"]),
    ("generate_series", ["timestamp", "timestamp", "interval"], ["2024-01-31", "2024-06-01", "1 mon"]), ("generate_series", ["timestamptz", "timestamptz", "interval"], ["2024-03-09 12:00", "2024-03-12", "1 day"]),
    ("generate_series", ["timestamp", "timestamp", "interval"], ["2024-01-01", "2024-01-02", "0"]),
    ("regexp_matches", ["text", "text", "text"], ["abcabc", "(b)(c)", "g"]), ("regexp_matches", ["text", "text"], ["abcabc", "b"]), ("regexp_split_to_table", ["text", "text"], ["a,b,,c", ","]), ("regexp_split_to_table", ["text", "text"], ["abc", ""]),
    ("string_to_table", ["text", "text"], ["a,b,,c", ","]),
]
SETUP = """
set timezone = 'America/New_York'; set datestyle = 'ISO, MDY'; set extra_float_digits = 1;
create or replace function pg_temp.probe(q text) returns text language plpgsql as $f$
declare r text; s text;
begin
  begin
    execute q into r;
    return json_build_array('=', r)::text;
  exception when others then
    get stacked diagnostics s = returned_sqlstate;
    return json_build_array('!', s)::text;
  end;
end $f$;
"""


def literal(s):
    return "NULL" if s is None else "E'" + s.replace("\\", "\\\\").replace("'", "''") + "'"


def escape(s):
    return "\\N" if s is None else s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def record(name, queries, heads):
    script = [SETUP] + [f"select pg_temp.probe({literal(q)});" for q in queries]
    out = subprocess.run(["psql", *ARGS, "-Atq", "-v", "ON_ERROR_STOP=1"], input="\n".join(script), check=True, capture_output=True, text=True).stdout
    lines = [line for line in out.split("\n") if line]
    assert len(lines) == len(queries)
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w", encoding="utf-8") as f:
        for head, line in zip(heads, lines):
            f.write("\t".join([*head, *(escape(x) for x in json.loads(line))]) + "\n")
    print(len(lines), name)


queries, heads = [], []
for f, types, rows in cases:
    columns = ", ".join(f"x{i}" for i in range(len(types)))
    casts = lambda row: "(" + ", ".join(f"{literal(v)}::{t}" for v, t in zip(row, types)) + ")"
    source = "values " + ", ".join(f"({n}, " + casts(row)[1:] for n, row in enumerate(rows)) if rows else "select 0, " + ", ".join(f"null::{t}" for t in types) + " where false"
    queries.append(f"select (pg_catalog.{f}({', '.join(f'x{i} order by n' if i == len(types) - 1 else f'x{i}' for i in range(len(types)))}))::text from ({source}) v(n, {columns})")
    heads.append([f"{f}({','.join(types)})", *(escape(v) for row in rows for v in row)])
record("aggregates.tsv", queries, heads)
record("series.tsv", [f"select array_agg(x::text)::text from pg_catalog.{f}({', '.join(f'{literal(v)}::{t}' for v, t in zip(row, types))}) x" for f, types, row in series],
       [[f"{f}({','.join(types)})", *map(escape, row)] for f, types, row in series])
