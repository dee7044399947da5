#!/usr/bin/env python3
"""Records tests/Dadbs.Sql.Tests/Types/Vectors/types.tsv from a PostgreSQL 15 server (arguments: psql connection options).

A line: declared type, input text, "ok", output text, binary hex; or: declared type, input text, SQLSTATE, message, detail.
Fields are escaped as in COPY text. Session: TimeZone America/New_York, DateStyle ISO, MDY.
"""
import json
import os
import random
import struct
import subprocess
import sys

ARGS = sys.argv[1:] or ["-h", "127.0.0.1", "-p", "54321", "-U", "postgres"]
random.seed(20241122)

CASES = {
    "boolean": ["t", "f", "true", "FALSE", " yes ", "no", "on", "off", "of", "1", "0", "tru", "fal", "o", "", "2", "truex", "y", "n", "TrUe"],
    "smallint": ["0", "-1", "32767", "-32768", "32768", "-32769", " 12 ", "+7", "1.0", "", "abc", "- 1", "1 2", "0x10", "99999999999999999999"],
    "integer": ["0", "2147483647", "-2147483648", "2147483648", "\t5\n", "1e3", "--1", "007", "12345678901"],
    "bigint": ["9223372036854775807", "-9223372036854775808", "9223372036854775808", "-9223372036854775809", "1_000", "99999999999999999999999"],
    "oid": ["0", "4294967295", "4294967296", "-1", "-2147483648", "-2147483649", "x", ""],
    "numeric": ["0", "0.00", "-0", "1", "1.50", "-12.345", "1e10", "1.5e-5", "1.5E+3", "123456789012345678", "1234567890123456789", "12345678901234567890.123",
                "0.000000000000000000", "0.0000000000000000001", "NaN", "nan", "Infinity", "-inf", "+Infinity", "inf", "+nan", "-nan", "", " ", ".", ".5", "5.", "-.5", "1.2.3", "1e",
                "1e+", "abc", "1 2", " 42 ", "00012.3400", "1e131072", "1e-16384", "9999.9999", "10000", "100000000", "1e20", "-123456789.987654321", "0e5",
                "0e-5", "1e400000", "1e9999999999", "12345.678e-3", "12345.678e2", "0.1e1", "999999999999999999", "-999999999999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775808"],
    "numeric(5,2)": ["123.456", "999.99", "999.995", "-999.994", "1000", "NaN", "Infinity", "0.005", "-0.005", "0.004", "1e2"],
    "numeric(3,5)": ["0.00123", "0.01", "0.009999", "0.0099999", "0"],
    "numeric(3,-2)": ["12345", "99949", "99950", "50", "49.9", "-150"],
    "numeric(10)": ["1.5", "2.5", "-1.5", "1234567890.4", "12345678901"],
    "numeric(38,10)": ["12345678901234567890.12345678905", "1e28"],
    "real": ["0", "-0", "1", "0.1", "1e10", "1e-10", "3.4028235e38", "3.5e38", "1e-45", "1e-46", "16777216", "16777217", "123456.7", "1234567.8", "100000", "1000000", "0.0001", "0.00001", "NaN", "Infinity", "-Infinity", "x", "1.17549435e-38", "0.3", "33554432", "8388608.5"],
    "double precision": ["0", "-0", "1", "0.1", "0.2", "0.30000000000000004", "1e15", "1e14", "123456789012345678", "1e-5", "0.0001", "1e308", "1.7976931348623157e308", "1.7976931348623159e308", "1e309",
                         "5e-324", "2e-324", "4.9406564584124654e-324", "2.2250738585072014e-308", "1e-400", "9007199254740993", "NaN", "inf", "-Infinity", "", "abc", "1e", "1.5.2", " 7.5 ", "1e23", "9.999999999999999e22",
                         "5.684341886080802e-14", "2.9802322387695312e-8", "0.000123456789", "123456.789e3", "-1.5e-7", "3.141592653589793", "infinityx", "+.5", "1d"],
    "text": ["", "a", "hällo wörld", "  spaces  ", "日本語", "\\", "'", "\t\n"],
    "character varying(3)": ["abc", "ab", "abcd", "abc   ", "äöü", "äöüß", ""],
    "character(5)": ["ab", "abcde", "abcdef", "abcde   ", "", "ä"],
    "character varying": ["any length at all"],
    "name": ["abc", "x" * 63, "y" * 70, "ä" * 40],
    '"char"': ["a", "", "abc", "1"],
    "bytea": ["\\x", "\\xDEADbeef", "\\x 01 02", "\\x0", "\\x0g", "abc", "a\\\\b", "\\000\\377", "\\400", "\\1", "a\\", "ä"],
    "uuid": ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC999C0B4EF8BB6D6BB9BD380A11", "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11", ""],
    "date": ["2024-02-29", "2023-02-29", "1999-01-08", "January 8, 1999", "1/8/1999", "1/18/1999", "18/1/1999", "01/02/03", "1999-Jan-08", "Jan-08-1999", "08-Jan-1999", "19990108", "990108", "1999.008", "1999008", "J2451187", "January 8, 99 BC",
             "0001-01-01", "0001-01-01 BC", "4713-11-24 BC", "4714-11-24 BC", "4714-11-23 BC", "5874897-12-31", "5874898-01-01", "infinity", "-infinity", "epoch", "2024-13-01", "2024-00-10", "2024-01-32", "2024-04-31", "13/13/2024", "abc", "", "2024", "2024-01",
             "2024-1-5", "24-1-5", "Mon Jan 8 1999", "8 Jan 1999", "1999-01-08 04:05:06", "1999-01-08 25:00:00", "Feb 29 2024", "2024/02/29", "2024.02.29", "10000-01-01", "0000-01-01", "20240229", "20230229", "1 2 3 4", "2024-02-29 AD", "Sept 5 2020"],
    "time": ["04:05:06.789", "04:05:06", "04:05", "040506", "04:05 AM", "04:05 PM", "12:00 AM", "12:30 PM", "13:00 PM", "24:00:00", "24:00:01", "25:00", "23:59:60", "23:59:59.9999999", "04:05:06.789-8", "04:05:06 PST", "allballs", "", "x", "4:5:6", "0405", "2003-04-12 04:05:06", "12:34.5", "23:61"],
    "time(2)": ["04:05:06.789", "23:59:59.999"],
    "time with time zone": ["04:05:06.789-8", "04:05:06+05:30", "04:05:06 PST", "040506+0730", "04:05:06Z", "25:00+1", "2003-04-12 04:05:06 America/New_York", "12:00-15:59", "12:00-16"],
    "timestamp": ["1999-01-08 04:05:06", "1999-01-08T04:05:06.123456", "1999-01-08 04:05:06.1234567", "1999-01-08 04:05:06.1234565", "1999-01-08 04:05:06 -8:00", "January 8 04:05:06 1999 PST", "19990108T040506", "1999-01-08", "infinity", "-infinity", "epoch",
                  "0044-03-15 12:00:00 BC", "294276-12-31 23:59:59.999999", "294277-01-01", "4713-01-01 00:00:00 BC", "4714-11-24 00:00:00 BC", "4714-11-23 BC", "2024-02-30 00:00", "2024-01-01 24:00:00", "2024-01-01 23:59:60", "2024-01-01 23:60:00", "x", "", "2024-01-01 10", "2024-01-01 1:2:3", "Mon Jan 08 04:05:06 1999",
                  "2024-06-01 12:00 PM", "2024-06-01 12:00:00 AM", "12/31/1999 23:59:59", "2024-01-01 00:00:00.000001", "1999-12-31 23:59:59.9999999", "2000-01-01 00:00:00-00", "2024-02-29 12:34:56+02", "2024-01-01 00:00:00 Europe/Berlin", "2024-01-01 00:00:00 Nowhere/City", "2024-01-01 00:00:00 XYZ", "2024-01-01 00:00:00 +25"],
    "timestamp(3)": ["1999-01-08 04:05:06.1234567", "1999-01-08 04:05:06.9995", "1969-12-31 23:59:59.9995", "infinity"],
    "timestamp(0)": ["1999-01-08 04:05:06.5", "1999-01-08 04:05:07.5", "1999-01-08 04:05:06.4999"],
    "timestamp with time zone": ["1999-01-08 04:05:06", "1999-01-08 04:05:06-08", "1999-07-08 04:05:06", "1999-01-08 04:05:06 PST", "1999-01-08 04:05:06 Europe/Berlin", "2024-03-10 02:30:00", "2024-11-03 01:30:00", "2024-11-03 01:30:00 EDT", "2024-11-03 01:30:00 EST", "1800-01-01 00:00:00",
                                 "1883-11-18 12:03:58", "infinity", "-infinity", "epoch", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00+05:30", "2024-01-01T00:00:00.5-0330", "0044-03-15 12:00:00+00 BC", "294276-12-31 23:59:59+00", "294277-01-01 00:00+00", "2024-01-01 00:00:00 UTC", "2024-01-01 00:00:00 utc+3", "2024-06-01 00:00:00 America/New_York",
                                 "2024-01-01 00:00 +15:59:59", "2024-01-01 00:00 +16", "2024-01-01 00:00 america/los_angeles", "20240101T000000Z", "2024-01-01 00:00:00 GMT", "2024-01-01 00:00:00 CET", "2050-07-01 12:00:00", "x"],
    "timestamp(2) with time zone": ["2024-01-01 00:00:00.555+00"],
    "interval": ["1 year 2 mons 3 days 04:05:06.7", "1 day", "-1 day", "1 day ago", "1 month -1 day", "-1 mons +1 day", "04:05", "-04:05:06", "1 hour 30 minutes", "1.5 days", "1.5 months", "1.5 years", "0.1 year", "1-2", "1-2 3 4:05:06", "-1-2", "P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6.5S", "PT36H", "P0001-02-03T04:05:06", "P1W", "-P1D", "P-1D",
                 "0", "@ 1 minute", "@ 1 minute ago", "1 week", "1 century", "1 decade", "1 millennium", "10 ms", "10 microseconds", "1 fortnight", "", "x", "1", "1 2", "1.5", "999999999999 years", "178000000 years", "179000000 years", "24:00:00", "100:00:00", "1 day 24 hours", "1 mon 30 days", "1 year -1 mon", "-1 year -2 mons +3 days -04:05:06", "2147483647 days", "2147483648 days", "1 day 1 day", "00:00:00.000001", "-0.1 sec", "12:34.5", "P1.5M", "PT0.5S", "P", "PT", "1y 2d 3h", "1 h 2 m", "3 quarters", "1 qtr", "1 years 1 day 00:61"],
    "interval day": ["1 day 02:03:04", "5"],
    "interval hour to minute": ["01:02:03.7", "1"],
    "interval second(1)": ["1.26", "00:00:59.97"],
    "interval year to month": ["1-2", "14 months 3 days"],
    "int4[]": ["{}", "{1,2,3}", "{1,NULL,3}", "{{1,2},{3,4}}", "[0:2]={1,2,3}", "[2:3][0:1]={{1,2},{3,4}}", "{1,2", "{1,,2}", "{a}", "", "{{1,2},{3}}", " { 1 , 2 } ", "{1}x", "{null}", "{\"1\"}", "[1:2]={1}", "{{1},2}", "{{{{{{{1}}}}}}}", "1"],
    "text[]": ["{}", "{a,b}", "{\"a b\",\"c,d\",\"e\\\"f\",\"g\\\\h\"}", "{NULL,\"NULL\",null}", "{\"\"}", "{a b, c }", "{{\"x\",y},{z,w}}", "{\\a}", "{'q'}", "{\"{}\"}", "{a\\ b}", "{ä,\"ö ü\"}"],
    "numeric[]": ["{1.50,NaN,-3}"],
    "bool[]": ["{t,f,NULL}"],
    "timestamp[]": ["{\"2024-01-01 00:00:00\",infinity}"],
    "bytea[]": ["{\"\\\\xdead\",\"\\\\x\"}"],
    "varchar(2)[]": ["{ab,c}", "{abc}"],
    "int2vector": ["1 2 3", "", "1"],
    "oidvector": ["23 25", ""],
    "tid": ["(0,1)", "(4294967295,65535)", "x"],
    "xid": ["0", "4294967295"],
}

# Random bits: the float formats and parsers have their corners everywhere.
for _ in range(400):
    bits = random.getrandbits(64)
    value = struct.unpack(">d", bits.to_bytes(8, "big"))[0]
    if value == value and abs(value) != float("inf"):
        CASES["double precision"].append("%.17g" % value)
for e in range(-1074, 1024, 23):
    CASES["double precision"].append("%.17g" % (2.0 ** e))
for _ in range(200):
    CASES["double precision"].append(repr(random.randint(1, 10**random.randint(1, 17)) / 10**random.randint(0, 17)))
for _ in range(300):
    value = struct.unpack(">f", random.getrandbits(32).to_bytes(4, "big"))[0]
    if value == value and abs(value) != float("inf"):
        CASES["real"].append("%.9g" % value)
for e in range(-149, 128, 7):
    CASES["real"].append("%.9g" % (2.0 ** e))
for _ in range(200):
    digits = random.randint(1, 40)
    text = str(random.randint(0, 10**digits))
    point = random.randint(0, len(text))
    CASES["numeric"].append(random.choice(["", "-"]) + (text[:point] or "0") + ("." + text[point:] if point < len(text) else "") + random.choice(["", "", "e%d" % random.randint(-30, 30)]))
for _ in range(150):
    y, mo, d, h, mi, s, us = random.randint(1, 3000), random.randint(1, 12), random.randint(1, 28), random.randint(0, 23), random.randint(0, 59), random.randint(0, 59), random.randint(0, 999999)
    stamp = f"{y:04d}-{mo:02d}-{d:02d} {h:02d}:{mi:02d}:{s:02d}.{us:06d}"
    CASES["timestamp"].append(stamp)
    if y < 2037:
        CASES["timestamp with time zone"].append(stamp)

SETUP = """
set timezone = 'America/New_York'; set datestyle = 'ISO, MDY'; set extra_float_digits = 1;
create or replace function pg_temp.probe(t text, v text) returns text language plpgsql as $f$
declare r text; b text; send text; m text; d text; s text;
begin
  begin
    execute format('select (%L::%s)::text', v, t) into r;
    select typsend::regproc::text into send from pg_type where oid = t::regtype;
    execute format('select encode(%s(%L::%s), ''hex'')', send, v, t) into b;
    return json_build_array(t, v, 'ok', r, b)::text;
  exception when others then
    get stacked diagnostics s = returned_sqlstate, m = message_text, d = pg_exception_detail;
    return json_build_array(t, v, s, m, d)::text;
  end;
end $f$;
"""


def literal(s):
    return "E'" + s.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\t", "\\t") + "'"


def escape(s):
    return s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


script = [SETUP]
for t, values in CASES.items():
    for v in values:
        script.append(f"select pg_temp.probe({literal(t)}, {literal(v)});")
out = subprocess.run(["psql", *ARGS, "-Atq", "-v", "ON_ERROR_STOP=1"], input="\n".join(script), check=True, capture_output=True, text=True).stdout
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "types.tsv")
with open(path, "w", encoding="utf-8") as f:
    for line in out.split("\n"):
        if line:
            f.write("\t".join(escape(x or "") for x in json.loads(line)) + "\n")
print(sum(1 for _ in open(path)), "vectors")
