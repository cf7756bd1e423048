#!/usr/bin/env python3
"""A second verifier of the log, in another language, written from the page of the format alone.

    python3 verify.py FOLDER [ROOT FINGERPRINT]

FOLDER holds `log.NNNN` publications and the files that they name. The verdict is one JSON object on standard output:
`entries` that hold, the `head`, the `root` fingerprint, and `broken`: null, or the first place that is no entry with a
word for the reason. Standard library only; about a hundred entries a second. Status 0 if all hold, 1 if not.
"""

import glob
import hashlib
import json
import os
import re
import sqlite3
import sys
import unicodedata

# --- Ed25519 (RFC 8032), strict: canonical S and points, none of small order, no cofactor ---------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(p):
    a, b, c = p[0] * p[0] % P, p[1] * p[1] % P, 2 * p[2] * p[2] % P
    h = a + b
    e = h - (p[0] + p[1]) * (p[0] + p[1])
    g = a - b
    f = c + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def equal(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def decompress(data):
    """The point of 32 bytes; None if there is none or it is written otherwise than it would be."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def small_order(point):
    return equal(double(double(double(point))), NEUTRAL)


def window(point):
    """0 to 15 times a point."""
    table = [NEUTRAL, point]
    for _ in range(14):
        table.append(add(table[-1], point))
    return table


BASES = window(BASE)
KNOWN = {}


def key_table(public):
    """A public key's point, negated, with its table; None if it is no key."""
    if public not in KNOWN:
        point = decompress(public)
        if point is None or small_order(point):
            KNOWN[public] = None
        else:
            KNOWN[public] = window((P - point[0], point[1], point[2], P - point[3]))
    return KNOWN[public]


def verify(public, message, sig):
    table = key_table(public)
    s = int.from_bytes(sig[32:], "little")
    if table is None or len(sig) != 64 or s >= L:
        return False
    r = decompress(sig[:32])
    if r is None or small_order(r):
        return False
    k = int.from_bytes(hashlib.sha512(sig[:32] + public + message).digest(), "little") % L
    # s B - k A, four bits of both at a time
    total = NEUTRAL
    for shift in range(252, -4, -4):
        total = double(double(double(double(total))))
        total = add(add(total, BASES[(s >> shift) & 15]), table[(k >> shift) & 15])
    return equal(total, r)


# --- canonical JSON (RFC 8785) with three rules more -----------------------------------------------------------------

class Canonical(Exception):
    pass


ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text_of(text):
    if unicodedata.normalize("NFC", text) != text:
        raise Canonical
    return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def canonical(value):
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > 2**53 - 1:
            raise Canonical
        return str(value)
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(text_of(key) + ":" + canonical(value[key]) for key in keys) + "}"
    raise Canonical


def parse(text):
    try:
        value = json.loads(text)
        if canonical(value) != text:
            raise Canonical
        return value
    except (ValueError, Canonical, RecursionError):
        raise Canonical from None


# --- the shape of a body ---------------------------------------------------------------------------------------------

def hex_of(size):
    return re.compile("[0-9a-f]{%d}" % (2 * size)).fullmatch


def of_kind(value, kind):
    if kind is int:
        return type(value) is int
    if isinstance(kind, type):
        return isinstance(value, kind)
    if isinstance(kind, dict):
        return isinstance(value, dict) and shaped(value, kind)
    return isinstance(value, str) and bool(kind(value))


def shaped(value, kinds, optional=()):
    return all(key in kinds for key in value) and all(
        of_kind(value[key], kind) if key in value else key in optional for key, kind in kinds.items()
    )


COMMAND = {
    "cid": hex_of(16), "verb": str, "author": str, "key": hex_of(16), "seen": int, "args": object, "private": hex_of(32),
}
BODY = {
    "suite": int, "format": int, "county": hex_of(16), "n": int, "prev": hex_of(32), "turn": {"file": int, "k": int},
    "share_ms": int, "desk_ms": int, "desk": hex_of(8), "desk_seq": int, "program": str, "pack": str, "command": dict,
    "order_sig": hex_of(64), "facts": list, "carrier": {"officer": str, "key": hex_of(16)}, "sealed": hex_of(32),
}


def typed(value):
    """A body, if it has exactly the keys that one has."""
    if not (isinstance(value, dict) and shaped(value, BODY, ("sealed",))):
        raise Canonical
    if not shaped(value["command"], COMMAND, ("private",)):
        raise Canonical
    return value


# --- keys ------------------------------------------------------------------------------------------------------------

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def key_id(public):
    return sha(public)[:16].hex()


class Keys:
    """Whose keys stand at which place, out of the facts."""

    def __init__(self):
        self.keys = {}
        self.officers = {}
        self.proposals = {}
        self.owed = {}

    def administrates(self, officer):
        known = self.officers.get(officer, {})
        return "administrator" in known.get("roles", ()) and not known["suspended"]

    def take(self, n, author, facts):
        # What the author may say was settled before the entry.
        administrates = self.administrates(author)
        active = sum(map(self.administrates, self.officers))
        takes = n == 1 or author == "0" or administrates
        alone = n == 1 or author == "0" or (administrates and active < 2)
        for fact in facts:
            kind, officer, id = fact.get("fact"), fact.get("officer"), fact.get("proposal")
            if kind == "officer-suspended" and takes and officer != "0":
                if officer in self.officers:
                    self.officers[officer]["suspended"] = True
            elif kind == "key-revoked" and takes and officer != "0":
                if self.keys.get(fact["id"], {}).get("officer") == officer:
                    self.end(n, fact["id"])
            elif kind == "roles-given" and takes and (alone or not fact["roles"]):
                self.apply(n, fact)
            elif kind == "officer-enrolled" and alone:
                self.apply(n, fact)
            elif kind == "key-given" and officer == author and n > 1:
                if not self.officers.get(officer, {}).get("suspended") and self.is_new(n, fact):
                    self.give(n, officer, bytes.fromhex(fact["key"]["sign"]))
            elif kind == "key-given" and alone:
                self.apply(n, fact)
            elif kind == "erased" and administrates:
                if all(1 < first <= last < n for first, last in fact["rows"]):
                    spans = fact["rows"]
                    self.owed = {
                        at: prev for at, prev in self.owed.items()
                        if not any(first <= at <= last for first, last in spans)
                    }
            elif kind == "grant-proposed" and administrates and fact["by"] == author:
                self.proposals.setdefault(id, {"by": author, "grant": fact["grant"], "open": True})
            elif kind == "grant-seconded" and administrates:
                self.second(n, author, self.proposals.get(id))
            elif kind == "grant-withdrawn" and takes and id in self.proposals:
                self.proposals[id]["open"] = False

    def second(self, n, author, proposal):
        if not proposal or not proposal["open"] or proposal["by"] == author:
            return
        if not self.administrates(proposal["by"]):
            return
        grant = proposal["grant"]
        facts = []
        if grant["kind"] == "enrol":
            facts.append({"fact": "officer-enrolled", "officer": grant["officer"], "roles": grant["roles"]})
        elif grant["kind"] == "roles":
            facts.append({"fact": "roles-given", "officer": grant["officer"], "roles": grant["roles"]})
        if "key" in grant:
            facts.append({"fact": "key-given", "officer": grant["officer"], "key": grant["key"]})
        if not all(self.fits(n, fact) for fact in facts):
            return
        for fact in facts:
            self.apply(n, fact)
        proposal["open"] = False

    def fits(self, n, fact):
        if n > 1 and fact["officer"] == "0":
            return False
        return fact["fact"] != "key-given" or self.is_new(n, fact)

    def is_new(self, n, fact):
        sign = fact["key"]["sign"]
        if not hex_of(32)(sign):
            return False
        own = key_id(bytes.fromhex(sign))
        return n == 1 or (own not in self.keys and fact.get("id", own) == own)

    def apply(self, n, fact):
        """A grant that takes effect, if it is possible at all."""
        if not self.fits(n, fact):
            return
        officer = fact["officer"]
        if fact["fact"] == "key-given":
            self.give(n, officer, bytes.fromhex(fact["key"]["sign"]))
        elif fact["fact"] == "officer-enrolled" or officer in self.officers:
            self.officers[officer] = {"roles": fact["roles"], "suspended": False}

    def give(self, n, officer, public):
        for key, state in self.keys.items():
            if state["officer"] == officer:
                self.end(n, key)
        start = 1 if n == 1 else n + 1
        self.keys[key_id(public)] = {"public": public, "officer": officer, "from": start, "until": None}

    def end(self, n, key):
        if self.keys[key]["until"] is None:
            self.keys[key]["until"] = n + 1


# --- one entry -------------------------------------------------------------------------------------------------------

class Broken(Exception):
    pass


def entry_hash(county, body):
    return sha(b"jiuji/entry/1/1/" + county.encode() + b"\n", body.encode())


def order_holds(county, public, body):
    message = f"jiuji/order/1/{county}\n{canonical(body['command'])}".encode()
    return verify(public, message, bytes.fromhex(body["order_sig"]))


def standing(keys, key, officer, n):
    state = keys.get(key)
    if state is None or n < state["from"]:
        raise Broken("key-unknown")
    if state["until"] is not None and n >= state["until"]:
        raise Broken("key-revoked")
    if state["officer"] != officer:
        raise Broken("key-not-theirs")
    return state["public"]


def rescued(county, outer, keys):
    """The entry that this one rescues, judged; None of every other entry."""
    if outer["command"]["verb"] != "rescue":
        return None
    args = outer["command"]["args"]
    if not (isinstance(args, dict) and shaped(args, {"body": object, "hash": hex_of(32), "sig": hex_of(64)})):
        raise Broken("rescue")
    try:
        inner = typed(args["body"])
    except Canonical:
        raise Broken("canonical") from None
    if inner["county"] != county:
        raise Broken("county")
    if inner["command"]["verb"] == "rescue":
        raise Broken("rescue")
    if entry_hash(county, canonical(inner)).hex() != args["hash"]:
        raise Broken("rescue")
    if outer["facts"] or "private" in outer["command"]:
        raise Broken("rescue")
    if "sealed" in outer and outer["sealed"] != inner.get("sealed"):
        raise Broken("private")
    author, carrier = keys.get(inner["command"]["key"]), keys.get(inner["carrier"]["key"])
    if not author or not carrier:
        raise Broken("rescue")
    if author["officer"] != inner["command"]["author"] or carrier["officer"] != inner["carrier"]["officer"]:
        raise Broken("rescue")
    if not order_holds(county, author["public"], inner):
        raise Broken("order-sig")
    if not verify(carrier["public"], bytes.fromhex(args["hash"]), bytes.fromhex(args["sig"])):
        raise Broken("carrier-sig")
    return inner


def check(row, n, prev, county, keys):
    """Judges one row; gives its body and what it means."""
    place, cid, text, private, digest, sig = row
    if len(text.encode()) + len(private or b"") > 256 * 1024:
        raise Broken("too-large")
    try:
        value = parse(text)
        body = typed(value)
    except Canonical:
        raise Broken("canonical") from None
    if body["suite"] != 1 or body["format"] != 1:
        raise Broken("newer")
    if body["county"] != county:
        raise Broken("county")
    if body["n"] != place or body["command"]["cid"] != cid.hex():
        raise Broken("columns")
    if place != n:
        raise Broken("gap")
    if entry_hash(county, text) != digest:
        raise Broken("hash")
    if body["prev"] != prev.hex():
        raise Broken("prev")
    if private is not None and sha(b"jiuji/sealed/1\n", private).hex() != body.get("sealed"):
        raise Broken("private")
    command, carrier = body["command"], body["carrier"]
    if n == 1:
        founder = command["args"].get("founder_key") if isinstance(command["args"], dict) else None
        if not isinstance(founder, str) or not hex_of(32)(founder):
            raise Broken("founder")
        public = bytes.fromhex(founder)
        own = key_id(public)
        if command["key"] != own or carrier["key"] != own or command["author"] != carrier["officer"]:
            raise Broken("founder")
        author = bearer = public
    else:
        author = standing(keys, command["key"], command["author"], n)
        bearer = standing(keys, carrier["key"], carrier["officer"], n)
    if not order_holds(county, author, body):
        raise Broken("order-sig")
    if not verify(bearer, digest, sig):
        raise Broken("carrier-sig")
    return body, rescued(county, body, keys) or body


# --- the files -------------------------------------------------------------------------------------------------------

def publications(folder):
    found = {}
    for path in glob.glob(os.path.join(glob.escape(folder), "log.*")):
        name = os.path.basename(path)[4:]
        if not re.fullmatch("[0-9]{4,}", name):
            continue
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        if lines[0] == "jiuji-log 1" and lines[-2:] == ["end", ""]:
            found[int(name)] = dict(line.split(" ", 1) for line in lines[1:-2])
    return found


def open_file(folder, name):
    path = os.path.abspath(os.path.join(folder, name)).replace("?", "%3f").replace("#", "%23")
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def files(folder):
    """The log's files with their birth records, oldest first."""
    found = publications(folder)
    number, chain = max(found), []
    while number:
        db = open_file(folder, found[number]["name"])
        record = db.execute("SELECT record FROM born WHERE id = 1").fetchone()[0]
        if sha(b"jiuji/born/1\n", record.encode()).hex() != found[number]["hash"]:
            raise SystemExit(f"file {number} is not the one that was published")
        born = json.loads(record)
        chain.append((db, born))
        number = born["follows"]
    return chain[::-1]


def rows(chain):
    for at, (db, born) in enumerate(chain):
        end = chain[at + 1][1]["first"] if at + 1 < len(chain) else 2**63 - 1
        query = "SELECT n, cid, body, private, hash, sig FROM entry WHERE n >= ? AND n < ? ORDER BY n"
        yield from db.execute(query, (born["first"], end))


def groups(digest):
    return " ".join(digest.hex()[at:at + 8] for at in range(0, 64, 8))


def main():
    chain = files(sys.argv[1])
    county = chain[0][1]["county"]
    prev, n, seen, keys = sha(f"jiuji/genesis/1/{county}\n".encode()), 0, set(), Keys()
    root, broken = None, None
    for row in rows(chain):
        try:
            body, meant = check(row, n + 1, prev, county, keys.keys)
            for cid in {row[1].hex(), meant["command"]["cid"]}:
                if cid in seen:
                    raise Broken("twice")
                seen.add(cid)
        except Broken as why:
            broken = {"n": n + 1, "code": str(why)}
            break
        if n == 0:
            args = body["command"]["args"]
            root = groups(sha(b"jiuji/root/1\n", bytes.fromhex(county), args["founder"].encode(), b"\n",
                              args["key"]["sign"].encode()))
        if row[3] is None and "sealed" in body:
            keys.owed[row[0]] = prev
        keys.take(row[0], meant["command"]["author"], meant["facts"])
        prev, n = row[4], row[0]
    if broken is None and keys.owed:
        # A private part that is gone and that nothing destroyed: the log holds up to there.
        n = min(keys.owed)
        broken, prev, n = {"n": n, "code": "emptied"}, keys.owed[n], n - 1
    verdict = {"entries": n, "head": prev.hex(), "root": root, "broken": broken}
    wanted = " ".join(sys.argv[2:])
    if wanted:
        verdict["root_holds"] = wanted == root
    print(json.dumps(verdict))
    sys.exit(0 if broken is None and verdict.get("root_holds", True) else 1)


if __name__ == "__main__":
    main()
