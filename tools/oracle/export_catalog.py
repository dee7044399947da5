#!/usr/bin/env python3
"""Writes the built-in catalog tables of src/Dadbs.Sql from a PostgreSQL 15 server.

    tools/oracle/export_catalog.py [psql arguments, e.g. -h 127.0.0.1 -p 5432 -U postgres]

Rows whose types the engine does not know are left out; which of the remaining functions have a body is the registry's business.
"""
import subprocess
import sys

ARGS = sys.argv[1:] or ["-h", "127.0.0.1", "-p", "54321", "-U", "postgres"]
BASE = """bool bytea char name int8 int2 int2vector int4 regproc text oid tid xid cid oidvector json jsonb pg_node_tree float4 float8
unknown bpchar varchar date time timetz timestamp timestamptz interval numeric regprocedure regoper regoperator regclass regcollation regtype
regrole regnamespace uuid aclitem xid8 refcursor pg_lsn""".split()
PSEUDO = """record any anyarray anyelement anynonarray anyenum anycompatible anycompatiblearray anycompatiblenonarray void cstring internal
trigger event_trigger language_handler _record _cstring""".split()


def rows(sql):
    out = subprocess.run(["psql", *ARGS, "-At", "-F", "\t", "-c", sql], check=True, capture_output=True, text=True).stdout
    return [line for line in out.split("\n") if line]


def emit(path, name, summary, columns, lines):
    with open(path, "w", encoding="utf-8") as f:
        f.write("namespace Dadbs.Sql.Functions.Catalog;\n\n")
        f.write(f"/// <summary>{summary} Written by tools/oracle/export_catalog.py from PostgreSQL 15; tab-separated:\n/// {columns}.</summary>\n")
        f.write(f"internal static class {name}\n{{\n    public static ReadOnlySpan<byte> Text =>\n        \"\"\"\n")
        for line in lines:
            assert '"""' not in line
            f.write("        " + line + "\n")
        f.write("        \"\"\"u8;\n}\n")


names = ",".join("'" + n + "'" for n in BASE + PSEUDO)
known = f"(select t.oid from pg_type t where t.typnamespace = 'pg_catalog'::regnamespace and (t.typname in ({names}) or t.typelem in (select oid from pg_type where typname in ({names})) and t.typcategory = 'A'))"
base = "src/Dadbs.Sql/Functions/Catalog/"
emit(base + "PgTypeRows.cs", "PgTypeRows", "The built-in rows of pg_type.",
     "oid, typname, typlen, typbyval, typtype, typcategory, typispreferred, typdelim, typsubscript, typelem, typarray, typinput, typoutput, typreceive, typsend, typmodin, typmodout, typalign, typstorage, typcollation",
     rows(f"""select oid, typname, typlen, typbyval, typtype, typcategory, typispreferred, typdelim, typsubscript, typelem, typarray, typinput, typoutput,
              typreceive, typsend, typmodin, typmodout, typalign, typstorage, typcollation from pg_type where oid in {known} order by oid"""))
emit(base + "PgProcRows.cs", "PgProcRows", "The built-in rows of pg_proc over known types.",
     "oid, proname, prokind, provolatile, proisstrict, proretset, prorettype, proargtypes, provariadic, pronargdefaults, proallargtypes, proargmodes, proargnames, prosrc, prolang, proleakproof, proparallel, procost, prorows",
     rows(f"""select oid, proname, prokind, provolatile, proisstrict, proretset, prorettype, proargtypes, provariadic, pronargdefaults,
              array_to_string(proallargtypes, ' '), array_to_string(proargmodes, ''), array_to_string(proargnames, ' ', '_'), case when prolang = 12 then prosrc else '' end, prolang, proleakproof,
              proparallel, procost, prorows from pg_proc where pronamespace = 'pg_catalog'::regnamespace and oid < 10000
              and prorettype in {known} and not exists (select 1 from unnest(proargtypes) a where a not in {known})
              and not exists (select 1 from unnest(proallargtypes) a where a not in {known}) order by oid"""))
emit(base + "PgOperatorRows.cs", "PgOperatorRows", "The built-in rows of pg_operator over known types.",
     "oid, oprname, oprkind, oprcanmerge, oprcanhash, oprleft, oprright, oprresult, oprcom, oprnegate, oprcode (oid), oprrest, oprjoin",
     rows(f"""select oid, oprname, oprkind, oprcanmerge, oprcanhash, oprleft, oprright, oprresult, oprcom, oprnegate, oprcode::oid, oprrest, oprjoin
              from pg_operator where oprnamespace = 'pg_catalog'::regnamespace and (oprleft = 0 or oprleft in {known}) and oprright in {known} and oprresult in {known} order by oid"""))
emit(base + "PgCastRows.cs", "PgCastRows", "The built-in rows of pg_cast over known types.",
     "oid, castsource, casttarget, castfunc (oid), castcontext, castmethod",
     rows(f"select oid, castsource, casttarget, castfunc::oid, castcontext, castmethod from pg_cast where castsource in {known} and casttarget in {known} order by oid"))
emit(base + "PgAggregateRows.cs", "PgAggregateRows", "The built-in rows of pg_aggregate over known types.",
     "aggfnoid (oid), aggkind, aggnumdirectargs, aggtransfn, aggfinalfn, aggsortop, aggtranstype, agginitval",
     rows(f"""select a.aggfnoid::oid, aggkind, aggnumdirectargs, aggtransfn, aggfinalfn, aggsortop, aggtranstype, agginitval from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid
              where p.oid < 10000 and p.prorettype in {known} and not exists (select 1 from unnest(p.proargtypes) x where x not in {known}) order by 1"""))
