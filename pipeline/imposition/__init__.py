"""Pages in reading order → sheets that read right once they are printed, folded and nested.

::

    plan      how many pages → which page lies on which panel of which sheet; pure
    sheets    page size, ink → at what scale, and where on its panel, a page lies; pure
    impose    pamphlet PDF, plan → booklet PDF; the only importer of pikepdf
"""
