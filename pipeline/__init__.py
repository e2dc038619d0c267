"""Pamphleteer: one damaged text in, three finished editions out.

The data goes one way, and never back::

    seeds/ ── sources ──► readers ──► normalise ──► Publication ──► renderers ──► PDF  EPUB
                                      (ledger)          │               └── imposition ──► booklets
                                                        └── checks hold every artefact against it
                                                                        └── store ──► dist/

Each module, in the order in which a text meets it:

    cli          commands, exit codes, every word printed
    arguments    argv → options
    jobs         what was asked for → what became of it: which titles, up to date or not, published
    press        press.toml and sidecars → Press, Edition, Sidecar
    settings     TOML → a checked struct, or the line that is wrong
    sources      what lies in seeds/ → Source
    formats      bytes and name → media type, told by content
    decoding     bytes of a text → characters, in any encoding
    mojibake     text that was once read wrongly → as it was before
    scouring     text → the same without what nobody can print or see
    fingerprint  all that an edition depends on → one hash
    workers      many titles on all cores
    warm         what workers load before they are forked
    build        the stages of one title, top to bottom
    readers      Source → Publication, as damaged as it came
    normalise    Publication → Publication, every repair in the ledger
    model        Publication and all it is made of
    walk         what is inside nodes: runs, words, rewritten copies
    editing      changes in a run of text that leave its markup alone
    serial       Publication ↔ JSON, and its JSON Schema
    renderers    Publication → bytes of an edition
    typesetting  what WeasyPrint's setting of lines needs from us
    artefacts    what renderers hand on beside the bytes
    imposition   pages → sheets
    checks       (artefact, Publication) → findings
    findings     Finding, what a check returns
    inspection   a published file → findings
    report       what was done to a title → report.json
    explaining   a text before and after its repairs, for a person to see
    explaining_text    the same in lines, for a terminal
    explaining_page    the same as a page, source and result side by side
    explaining_rows    what stood in some lines, what became of it, and every change there
    explaining_leaves  Publication → its runs, with what each is
    explaining_claims  which difference belongs to which change
    explaining_marks   what differs between two texts
    slugs        title → the name of its folder and files
    store        dist/: published as a whole or not at all
    errors       everything that stops work
"""

__version__ = "0.1.0"
