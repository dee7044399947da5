#!/usr/bin/env python3
"""Records what a PostgreSQL 15 server's parser says of many statements, for tests/Dadbs.Sql.Tests/Parsing/Scripts/*.outcomes.

    tools/oracle/record_parse_outcomes.py CONFORMANCE_DIR [HOST [PORT]]

CONFORMANCE_DIR holds postgres-regress/sql/*.sql and sqltest/*/*.slt. Each statement is sent behind one that fails at run time: the server
parses the whole string first, so a syntax error is the statement's own, and nothing is executed. Two files are written: statements as they
are (all that are refused and a sample of the others), and statements with one random change.
"""
import glob
import random
import re
import socket
import struct
import sys

PREFIX = "SELECT 1/0; "
OUT = "tests/Dadbs.Sql.Tests/Parsing/Scripts/"


class Server:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port))
        self.file = self.socket.makefile("rb")
        body = b"".join(x.encode() + b"\0" for x in ("user", "postgres", "database", "postgres", "client_encoding", "UTF8")) + b"\0"
        self.socket.sendall(struct.pack("!ii", 8 + len(body), 196608) + body)
        self.wait()

    def wait(self):
        error = None
        while True:
            kind = self.file.read(1)
            body = self.file.read(struct.unpack("!i", self.file.read(4))[0] - 4)
            if kind == b"E":
                error = {f[:1].decode(): f[1:].decode("utf8", "replace") for f in body.split(b"\0") if f}
            if kind == b"Z":
                return error

    def parse(self, statement):
        body = (PREFIX + statement).encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", 4 + len(body)) + body)
        error = self.wait()
        if error["C"] == "22012":
            return "ok", "", ""
        return error["C"], str(int(error["P"]) - len(PREFIX)) if "P" in error else "0", error["M"]


def cut(text):
    """Statements of a psql script; backslash commands end one."""
    out, i, start, depth = [], 0, 0, 0
    skip = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"|(?<!\w)\$(\w*)\$.*?\$\1\$|/\*.*?\*/", re.S)
    escape = re.compile(r"(?<!\w)[eE]'(?:[^'\\]|''|\\.)*'", re.S)
    while i < len(text):
        match = escape.match(text, i) or skip.match(text, i)
        if match:
            i = match.end()
            continue
        c = text[i]
        depth += (c == "(") - (c == ")")
        if c == "\\" or (c == ";" and depth <= 0):
            if text[start:i].strip():
                out.append(text[start:i].strip())
            i = i + 1 if c == ";" else (text.find("\n", i) + 1 or len(text))
            start, depth = i, 0
            continue
        i += 1
    return out + ([text[start:].strip()] if text[start:].strip() else [])


def statements(root):
    found = {}
    for path in sorted(glob.glob(root + "/postgres-regress/sql/*.sql")):
        text = re.sub(r"(?ims)^(copy[^;]*from stdin[^;]*;)\n.*?^\\\.\n", r"\1\n", open(path, errors="replace").read())
        found.update(dict.fromkeys(cut(text)))
    for path in sorted(glob.glob(root + "/sqltest/*/*.slt")):
        for block in re.split(r"\n\s*\n", open(path).read()):
            lines = [line for line in block.split("\n") if not line.startswith("#")]
            if lines and re.match("statement|query", lines[0]):
                body = lines[1:lines.index("----")] if "----" in lines else lines[1:]
                found.setdefault("\n".join(body).strip())
    # psql replaces its variables before the server sees them.
    return [s for s in found if s and not re.search(r"(?<![:\w]):'?\"?[a-zA-Z_]", s)]


TOKEN = re.compile(r"\s+|[A-Za-z_]\w*|\d+(?:\.\d+)?|'[^']*'|\"[^\"]*\"|::|<>|<=|>=|.", re.S)
WORDS = """select from where and or not in like between is null distinct on as order by limit offset for update group having union all ( ) [ ] , . * = < + - :: 1 'x'
x y case when then else end cast int interval values array row table with only lateral join left natural using set default collate at time zone window over partition rows
exists any some grouping current_date user""".split()


def mutate(statement):
    tokens = TOKEN.findall(statement)
    solid = [i for i, t in enumerate(tokens) if not t.isspace()]
    if len(solid) < 3:
        return statement
    at, kind = random.choice(solid), random.random()
    if kind < .3:
        del tokens[at]
    elif kind < .55:
        tokens.insert(at, f" {random.choice(WORDS)} ")
    elif kind < .75:
        tokens[at] = f" {random.choice(WORDS)} "
    elif kind < .85:
        tokens = tokens[:at]
    else:
        other = random.choice(solid)
        tokens[at], tokens[other] = tokens[other], tokens[at]
    return "".join(tokens).strip()


def write(name, what, server, items):
    escape = lambda s: s.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    with open(OUT + name, "w", newline="\n") as f:
        f.write(f"# {what} With what PostgreSQL 15's parser says of each: SQLSTATE or ok, position, message, statement.\n")
        f.write("# Recorded by tools/oracle/record_parse_outcomes.py. Escapes: \\n \\r \\t \\\\.\n")
        for statement, outcome in items:
            f.write("\t".join(escape(x) for x in (*outcome, statement)) + "\n")


random.seed(7)
server = Server(sys.argv[2] if len(sys.argv) > 2 else "127.0.0.1", int(sys.argv[3]) if len(sys.argv) > 3 else 5432)
everything = statements(sys.argv[1])
outcomes = [(s, server.parse(s)) for s in everything]
accepted = {}
for s, o in outcomes:
    if o[0] == "ok" and len(s) < 500:
        words = re.sub(r"--[^\n]*\n|/\*.*?\*/", " ", s, flags=re.S).upper().split()
        if not words:
            continue
        accepted.setdefault(" ".join(words[:2]) if words[0] in ("ALTER", "CREATE", "DROP", "SET", "COMMENT") else words[0], []).append((s, o))
sample = [x for x in outcomes if x[1][0] != "ok"]
for key in sorted(accepted):
    sample += random.sample(accepted[key], min(len(accepted[key]), max(8, len(accepted[key]) // 14)))
write("regression.outcomes", "Statements of PostgreSQL's regression suite and of sqltest.", server, sample)
short = [s for s in everything if len(s) < 160]
changed = [s for s in (mutate(random.choice(short)) for _ in range(2200)) if s and ";" not in s]
write("mutated.outcomes", "Statements with one token removed, added, replaced or moved.", server, [(s, server.parse(s)) for s in changed])
