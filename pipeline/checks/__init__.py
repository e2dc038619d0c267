"""(artefact, Publication) → findings: every edition is read back from its bytes and held against the model.

A check never raises over what it finds, and never trusts the renderer: it reads the finished file.

    publication   the model by itself
    words         source ↔ model ↔ every edition, word by word (`original` reads the source, `wording` folds and compares)
    pdf           the pamphlet: PDF/UA-1, metadata, page size, outline
    epub          the ebook's structure (`epub_reading` takes it apart)
    booklet       folds the sheets in software (`panels` finds the pages, `folding` folds the paper)
    pagetext      what stands where on a PDF's pages; the only importer of pypdfium2
"""

from pipeline.checks import booklet, epub, original, pdf, publication, words

__all__ = ["booklet", "epub", "original", "pdf", "publication", "words"]
