#!/usr/bin/env python3
# The judge that came with the editors' facts (shared/tools/score_epub.py), word for word, so that its figures
# here are those of anybody else's copy. It is not in the house style, and is not to be improved.
"""Score an EPUB against the facts that a careful editor wrote down about its source text.

usage: score_epub.py FACTS.toml ID=BOOK.epub [ID=BOOK.epub ...] [-v]

Reads nothing but the EPUB (zip, OPF, XHTML), so it holds for any tool's EPUB. Needs lxml.
Prints a line a text: the share of facts met in each category and over all, then the mean.
Text is compared folded: NFKC, quotes, dashes, soft hyphens, bidi marks and white space do not count.
"""
import posixpath
import re
import sys
import tomllib
import unicodedata
import zipfile
from difflib import SequenceMatcher

from lxml import etree, html

OPS = "{http://www.idpf.org/2007/ops}"
APART = {"cover", "titlepage", "halftitlepage", "copyright-page", "imprint", "colophon", "toc", "landmarks", "page-list",
         "doc-cover", "doc-toc", "doc-colophon", "doc-pagelist", "doc-credits", "imprimatur", "backmatter-colophon"}
NOTE = {"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"}
NOTES = {"footnotes", "endnotes", "rearnotes", "doc-endnotes", "doc-footnotes"}
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dd", "dt", "figcaption", "pre", "caption", "blockquote", "div"}
DROP = re.compile("[\u00ad\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069\u0640\u2060]")


def fold(text, tight=False):
    text = DROP.sub("", unicodedata.normalize("NFKC", text))
    text = re.sub("[‘’‚‛′`´ʼ׳]", "'", text)
    text = re.sub("[“”„‟″«»「」『』״]|''", '"', text)
    text = re.sub(r'\s*"\s*', '"', text)
    text = re.sub(r"\s*[-‐‑‒–—―−]+\s*", "-", text)
    text = re.sub(r"\s+([;:!?])", r"\1", text)
    return re.sub(r"\s+", "" if tight else " ", text).strip()


def kinds(el):
    return set((el.get(OPS + "type") or "").split()) | set((el.get("role") or "").split())


def classes(el):
    return set((el.get("class") or "").split())


class Book:
    def __init__(self, path):
        z = zipfile.ZipFile(path)
        container = etree.fromstring(z.read("META-INF/container.xml"))
        opf_path = container.xpath("//*[local-name()='rootfile']/@full-path")[0]
        self.opf = etree.fromstring(z.read(opf_path))
        base = posixpath.dirname(opf_path)
        items = {i.get("id"): i for i in self.opf.xpath("//*[local-name()='item']")}
        self.docs = {}
        for ref in self.opf.xpath("//*[local-name()='itemref']"):
            item = items.get(ref.get("idref"))
            if item is None or "nav" in (item.get("properties") or "").split():
                continue
            name = posixpath.normpath(posixpath.join(base, item.get("href")))
            self.docs[name] = etree.fromstring(z.read(name), etree.XMLParser(recover=True))
        self.meta = {}
        for el in self.opf.xpath("//*[local-name()='metadata']/*"):
            self.meta.setdefault(etree.QName(el).localname, []).append((el.text or "").strip())
        self.ids = {}
        for name, doc in self.docs.items():
            for el in doc.iter():
                if isinstance(el.tag, str) and el.get("id"):
                    self.ids[(name, el.get("id"))] = el
        self._walk()

    def _walk(self):
        self.headings, self.blocks, self.emphasis, self.calls = [], [], [], []
        self.raw, self.counts = [], dict(blockquotes=0, verse=0, lists=0, tables=0, figures=0)
        for name, doc in self.docs.items():
            body = doc.find("{*}body")
            if body is None or kinds(body) & APART:
                continue
            for el in list(body):
                self._visit(name, el, in_notes=bool(kinds(body) & NOTES))
        self.body = fold(" ".join(t for t, _ in self.blocks))
        self.rawtext = re.sub(r"[^\S\f]+", " ", " ".join(self.raw))

    def _visit(self, name, el, in_notes):
        if not isinstance(el.tag, str):
            return
        k, tag = kinds(el), etree.QName(el).localname
        if k & APART or tag == "nav":
            return
        in_notes = in_notes or bool(k & NOTES)
        verse = "verse" in " ".join(k | classes(el)) or "poem" in " ".join(k | classes(el))
        if tag == "blockquote" and not verse:
            self.counts["blockquotes"] += 1
        elif verse and not any("verse" in " ".join(kinds(a) | classes(a)) or "poem" in " ".join(kinds(a) | classes(a))
                               for a in el.iterancestors() if isinstance(a.tag, str)):
            self.counts["verse"] += 1
        elif tag in ("ul", "ol", "dl") and not in_notes:
            self.counts["lists"] += 1
        elif tag == "table":
            self.counts["tables"] += 1
        elif tag == "figure" or tag == "img" and not any(etree.QName(a).localname == "figure" for a in el.iterancestors() if isinstance(a.tag, str)):
            self.counts["figures"] += 1
        if tag in BLOCKS and not any(isinstance(c.tag, str) and etree.QName(c).localname in BLOCKS | {"ul", "ol", "table", "section", "figure", "dl", "aside"} for c in el.iter() if c is not el):
            text = self._text(name, el)
            self.raw.append(text)
            if text.strip():
                self.blocks.append((text, in_notes))
            if re.fullmatch("h[1-6]", tag) and not in_notes:
                self.headings.append((int(tag[1]), fold(text)))
            return
        if tag not in BLOCKS and not any(isinstance(c.tag, str) and etree.QName(c).localname in BLOCKS | {"ul", "ol", "table"} for c in el.iter()) and "".join(el.itertext()).strip():
            text = self._text(name, el)
            self.raw.append(text)
            self.blocks.append((text, in_notes))
            return
        if el.text and el.text.strip():
            self.raw.append(el.text)
            self.blocks.append((el.text, in_notes))
        for child in el:
            self._visit(name, child, in_notes)
            if child.tail and child.tail.strip():
                self.raw.append(child.tail)
                self.blocks.append((child.tail, in_notes))

    def _text(self, name, el):
        out = []

        def go(e):
            if not isinstance(e.tag, str):
                return
            k, tag = kinds(e), etree.QName(e).localname
            if k & {"noteref", "doc-noteref"}:
                href = e.get("href") or ""
                path, _, frag = href.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                self.calls.append(("".join(e.itertext()).strip(), fold("".join(out))[-200:], self.ids.get((target, frag))))
                return
            if k & {"pagebreak", "doc-pagebreak", "backlink", "doc-backlink"} or tag in ("rt", "rp"):
                return
            if tag == "br":
                out.append(" ")
            if tag in ("em", "i", "strong", "b", "cite"):
                self.emphasis.append(fold("".join(e.itertext())))
            if e.text:
                out.append(e.text)
            for c in e:
                go(c)
                if c.tail:
                    out.append(c.tail)

        go(el)
        return "".join(out)


def share(hits):
    return sum(hits) / len(hits) if hits else None


def heading_score(want, got):
    """F1 over headings matched in order; a constant shift of levels is no error, other wrong levels count half."""
    strict = [h for h in want if not h.get("optional")]
    levels = lambda h: [h["level"], *h.get("level_alt", []), *([h["alt_level"]] if isinstance(h.get("alt_level"), int) else h.get("alt_level", []))]
    names = [[fold(t).casefold() for t in [h["text"], *h.get("alt", [])]] for h in want]
    got_names = [t.casefold() for _, t in got]
    pairs, start = [], 0
    for i, alts in enumerate(names):
        for j in range(start, len(got_names)):
            if got_names[j] in alts:
                pairs.append((i, j))
                start = j + 1
                break
    if not want:
        return 1.0 if not got else max(0.0, 1 - len(got) / 10), [], [t for _, t in got]
    shifts = [got[j][0] - want[i]["level"] for i, j in pairs]
    shift = max(set(shifts), key=shifts.count) if shifts else 0
    hit = sum(1.0 if got[j][0] - shift in levels(want[i]) else 0.5 for i, j in pairs if not want[i].get("optional"))
    found = {i for i, _ in pairs}
    used = {j for _, j in pairs}
    missing = [h["text"] for i, h in enumerate(want) if i not in found and not h.get("optional")]
    extra = [t for j, (_, t) in enumerate(got) if j not in used]
    recall = hit / len(strict) if strict else 1.0
    precision = len(used) / len(got) if got else 0.0
    return (2 * recall * precision / (recall + precision) if recall + precision else 0.0), missing, extra


def score(facts, path):
    b, said, out = Book(path), [], {}
    tight = str(facts.get("language", ""))[:2] in ("zh", "ja")
    F = lambda s: fold(s, tight)
    body = F(" ".join(t for t, _ in b.blocks))
    blocks = [F(t) for t, _ in b.blocks]

    def tick(category, ok, what):
        out.setdefault(category, []).append(bool(ok))
        if not ok:
            said.append(f"{category}: {what}")

    titles = " ".join(b.meta.get("title", []))
    if facts.get("title_in_text", True):
        tick("metadata", any(F(t).casefold() in F(titles).casefold() for t in [facts["title"], *facts.get("title_alt", [])]), f"title {titles!r}")
    for c in facts.get("creators", []):
        if facts.get("creators_in_text", True) and c.get("role", "author") in ("author", "translator", "editor"):
            names = " ".join(b.meta.get("creator", []) + b.meta.get("contributor", []) + b.meta.get("publisher", []))
            tick("metadata", F(c["name"]).casefold() in F(names).casefold(), f"creator {c['name']!r} not in {names!r}")
    lang = (b.meta.get("language") or [""])[0]
    tick("metadata", lang.split("-")[0].lower() == str(facts["language"]).split("-")[0].lower(), f"language {lang!r}")
    if facts.get("date"):
        dates = " ".join(b.meta.get("date", []))
        tick("metadata", any(str(d) in dates for d in [facts["date"], *facts.get("date_alt", [])]), f"date {dates!r}")

    first = [h for h in facts.get("headings", [])]
    got = b.headings
    work = {F(t).casefold() for t in [facts["title"], *facts.get("title_alt", [])]}
    if first and F(first[0]["text"]).casefold() not in work:
        got = [h for n, h in enumerate(got) if not (n < 2 and F(h[1]).casefold() in work)]
    if not facts.get("headings_total"):
        value, missing, extra = heading_score(first, got)
        out["headings"] = [value]
        said += [f"headings: missing {m!r}" for m in missing[:12]] + [f"headings: extra {x!r}" for x in extra[:12]]

    n = facts.get("notes", {})
    linked = [c for c in b.calls if c[2] is not None]
    if "count" in n:
        tick("notes", len(linked) == n["count"], f"{len(linked)} linked notes, {n['count']} wanted")
    for s in n.get("samples", []):
        target = F(s["starts_with"]).casefold()
        ok = any((t := F("".join(c[2].itertext()))).casefold().find(target) in range(0, 14) and F(c[1]).endswith(F(s["called_after"])) for c in linked)
        tick("notes", ok, f"note {s['marker']!r} {s['starts_with']!r} after {s['called_after']!r}")
    for p in facts.get("must_contain", []):
        tick("words", F(p) in body, f"lost {p!r}")
    for m in facts.get("max_count", []):
        text, most = (m["text"], m["max"]) if "text" in m else (m.get("string"), m.get("count", m.get("max")))
        tick("junk", b.rawtext.count(text) <= most, f"{b.rawtext.count(text)} times {text!r}, at most {most}")
    for p in facts.get("must_not_contain", []):
        tick("junk", p not in b.rawtext, f"left {p!r}")
    for p in facts.get("paragraph_starts", []):
        tick("paragraphs", any(x.startswith(F(p)) or x.lstrip("'\"(").startswith(F(p)) for x in blocks), f"no paragraph starts {p!r}")
    for j in facts.get("joined", []):
        if "reads" in j:
            tick("paragraphs", any(F(j["reads"]) in x for x in blocks), f"not joined {j['reads']!r}")
            continue
        a, c = F(j["end"]), F(j["start"])
        tick("paragraphs", any(a + c in x or f"{a} {c}" in x or (a.endswith("-") and a[:-1] + c in x) for x in blocks), f"not joined {j['end']!r} + {j['start']!r}")
    for kind, count in facts.get("blocks", {}).items():
        if kind in b.counts:
            low, high = count if isinstance(count, list) else (count * 0.9, count * 1.1)
            tick("blocks", low <= b.counts[kind] <= high, f"{b.counts[kind]} {kind}, {count} wanted")
    for e in facts.get("emphasis", []):
        word = e if isinstance(e, str) else e.get("text", "")
        tick("emphasis", any(F(word).casefold() in F(x).casefold() for x in b.emphasis), f"not emphasised {word!r}")
    if facts.get("words"):
        got_words = len(body) if tight else len(re.sub(r"\s+", " ", " ".join(t for t, _ in b.blocks)).split())
        tolerance = facts.get("words_tolerance", facts.get("tolerance", 5)) / 100
        tick("words", abs(got_words - facts["words"]) <= facts["words"] * max(tolerance, 0.02), f"{got_words} words, {facts['words']} wanted")
    by = {k: share(v) for k, v in out.items()}
    return sum(by.values()) / len(by), by, said


def main(argv):
    verbose = "-v" in argv
    argv = [a for a in argv if a != "-v"]
    with open(argv[0], "rb") as f:
        facts = tomllib.load(f)
    facts = {d["id"]: d for d in facts["document"]} if "document" in facts else facts
    totals = []
    for pair in argv[1:]:
        key, _, path = pair.partition("=")
        try:
            total, by, said = score(facts[key], path)
        except Exception as error:  # a book that cannot be read scores nothing
            total, by, said = 0.0, {}, [f"{type(error).__name__}: {error}"]
        totals.append(total)
        print(f"{key}: {total:.3f}  " + "  ".join(f"{k} {v:.2f}" for k, v in by.items()))
        if verbose:
            print("".join(f"    {s}\n" for s in said), end="")
    print(f"mean of {len(totals)}: {sum(totals) / len(totals):.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
