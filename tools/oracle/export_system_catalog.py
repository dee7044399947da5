#!/usr/bin/env python3
"""Writes src/Dadbs.Sql/SystemCatalog/Definitions from a PostgreSQL 15 server: which relations pg_catalog and information_schema have, with
which columns, and the built-in rows of the small catalogs.

    tools/oracle/export_system_catalog.py [psql arguments, e.g. -h 127.0.0.1 -p 5432 -U postgres]
"""
import subprocess
import sys

ARGS = sys.argv[1:] or ["-h", "127.0.0.1", "-p", "54321", "-U", "postgres"]
FOLDER = "src/Dadbs.Sql/SystemCatalog/Definitions/"


def rows(sql):
    out = subprocess.run(["psql", *ARGS, "-At", "-F", "\t", "-d", "template1", "-c", sql], check=True, capture_output=True, text=True).stdout
    return [line for line in out.split("\n") if line]


def emit(name, summary, columns, lines):
    with open(FOLDER + name + ".cs", "w", encoding="utf-8") as f:
        f.write("namespace Dadbs.Sql.SystemCatalog.Definitions;\n\n")
        f.write(f"/// <summary>{summary} Written by tools/oracle/export_system_catalog.py from PostgreSQL 15; tab-separated:\n/// {columns}.</summary>\n")
        f.write(f"internal static class {name}\n{{\n    public const string Text =\n        \"\"\"\n")
        for line in lines:
            assert '"""' not in line
            f.write("        " + line + "\n")
        f.write("        \"\"\";\n}\n")


# Domains of information_schema show as their base types, as they do on the wire.
COLUMNS = """select c.oid, c.relname, c.relkind,
  string_agg(a.attname || ':' || bt.typname || case when coalesce(nullif(t.typtypmod, -1), a.atttypmod) > 0 then '(' || coalesce(nullif(t.typtypmod, -1), a.atttypmod) || ')' else '' end || case when a.attnotnull then '!' else '' end, ' ' order by a.attnum)
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 join pg_type t on t.oid = a.atttypid
  join pg_type bt on bt.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
  where c.relnamespace = '{0}'::regnamespace and c.relkind in ('r', 'v') group by 1, 2, 3 order by 1"""
LAYOUT = "oid, relname, relkind, columns as name:type(modifier)! with ! for NOT NULL"
emit("PgCatalogLayout", "The relations of pg_catalog and their columns.", LAYOUT, rows(COLUMNS.format("pg_catalog")))
emit("InformationSchemaLayout", "The views of information_schema and their columns.", LAYOUT, rows(COLUMNS.format("information_schema")))

FUNCTION = "{0}::oid"
emit("PgTypeTable", "All built-in types but the row types of catalogs.",
     "oid, typname, typlen, typbyval, typtype, typcategory, typispreferred, typdelim, typsubscript, typelem, typarray, typinput, typoutput, typreceive, typsend, typmodin, typmodout, typalign, typstorage, typndims, typcollation; functions as oids",
     rows("""select oid, typname, typlen, typbyval, typtype, typcategory, typispreferred, typdelim, typsubscript::oid, typelem, typarray, typinput::oid, typoutput::oid,
             typreceive::oid, typsend::oid, typmodin::oid, typmodout::oid, typalign, typstorage, typndims, typcollation from pg_type
             where typnamespace = 'pg_catalog'::regnamespace and typrelid = 0 and (typelem = 0 or typelem not in (select oid from pg_type where typrelid <> 0)) and oid < 10000 order by oid"""))
emit("PgRangeTable", "The built-in range types.", "rngtypid, rngsubtype, rngmultitypid, rngcollation, rngsubopc, rngcanonical, rngsubdiff",
     rows("select rngtypid, rngsubtype, rngmultitypid, rngcollation, rngsubopc, rngcanonical::oid, rngsubdiff::oid from pg_range order by 1"))
emit("PgTypeFunctionTable", "The input, output and subscripting functions that pg_type names, for pg_proc.",
     "oid, proname, provolatile, proisstrict, prorettype, proargtypes",
     rows("""select p.oid, proname, provolatile, proisstrict, prorettype, proargtypes from pg_proc p where p.oid in (select unnest(array[typinput::oid, typoutput::oid, typreceive::oid,
             typsend::oid, typmodin::oid, typmodout::oid, typsubscript::oid]) from pg_type where oid < 10000) order by 1"""))
emit("PgOperatorClassTable", "The operator classes of btree and hash.", "oid, opcmethod, opcname, opcfamily, opcintype, opcdefault, opckeytype",
     rows("select oid, opcmethod, opcname, opcfamily, opcintype, opcdefault, opckeytype from pg_opclass where opcmethod in (403, 405) and opcintype < 10000 order by oid"))
emit("PgOperatorFamilyTable", "The operator families of btree and hash.", "oid, opfmethod, opfname", rows("select oid, opfmethod, opfname from pg_opfamily where opfmethod in (403, 405) order by oid"))
emit("PgAccessOperatorTable", "The operators of the btree families.", "oid, amopfamily, amoplefttype, amoprighttype, amopstrategy, amoppurpose, amopopr, amopmethod",
     rows("select oid, amopfamily, amoplefttype, amoprighttype, amopstrategy, amoppurpose, amopopr, amopmethod from pg_amop where amopmethod = 403 order by oid"))
