"""What sites call the parts of their pages → what we take them for: tables of class names and of labels.

A name is one word of a class or id: "post-header-sharing" has three. The words are those that publishing
systems and their themes share (WordPress, Drupal, SPIP, MediaWiki, Blogger, Ghost, newspapers), in the
languages their makers speak; a name alone never decides over most of a page's prose.
"""

from __future__ import annotations

import re

from pipeline.readers.web_tree import Element


def _table(words: str) -> frozenset[str]:
    return frozenset(words.split())


FURNITURE = _table(
    "nav navbar navbox navi navigation navlinks navmenu menu menus submenu megamenu topbar breadcrumb breadcrumbs "
    "ariane filariane share sharing shares sharebar sharedaddy sharethis shareaholic addthis addtoany social socials "
    "sociallinks partage partager teilen compartir condividi compartilhar related relacionados similaires "
    "recommended recommendations recommendation recirculation jp-relatedposts relatedposts yarpp newsletter "
    "newsletters mailchimp mailpoet subscribe subscription signup abo cookie cookies cookiebanner consent gdpr cmp "
    "onetrust rgpd banner banners promo promobox advert advertisement advertising adsense adsbygoogle ads ad adslot advert adunit sponsor "
    "sponsored donate donation donations spenden paywall sidebar sidebars widget widgets widgetarea "
    "pager pagination paginator pagelinks postnav prevnext nextprev tagcloud taglist tagslinks catlinks "
    "toolbar tools toolbox printfooter editsection skip skiplink skiplinks searchform searchbox login popup modal "
    "lightbox overlay tooltip sitemap sistersitebox noprint hatnote ambox metadata vertical-navbox infobox "
    "permalink headerlink anchorlink copylink screenreader sr-only offscreen visuallyhidden flattr rating ratings likes "
    "backtotop totop totalshares trackback trackbacks pingback pingbacks mw-jump mw-indicators sitesub contentsub "
    "authorbox aboutauthor bio hentry-footer wpcnt ws-noexport wst-header-navigation nav-links leftcol rightcol leftcolumn rightcolumn leftbar rightbar postmeta langswitch langlinks"
)
"""Names of what is no part of an article wherever it stands."""

COMMENTS = _table(
    "comments commentlist commentaires commentaire kommentare kommentar comentarios comentários commenti comment "
    "respond disqus reactions reacties forum replies isso remark42 talkback discussion комментарии"
)

ENDS = _table("footer colophon masthead topmenu bottom foot siteheader sitefooter pagefooter pageheader")
"""Names of a page's own head and foot."""

ARTICLE = _table(
    "articlebody entrycontent postcontent articlecontent contentarticle storybody bodytext texte thework "
    "mw-parser-output postbody articletext entry-content post-content article-body article-content post-body "
    "article__body article-text story-body field--name-body field-name-body post_content articulo contenu-texte "
    "e-content cuerpo-noticia corps-article prp-pages-output blog-post-content single-content"
)
"""Names of the element that holds an article's text."""

LEAD = _table(
    "chapo chapeau lead lede lead-text standfirst deck dek intro introduction summary abstract excerpt kicker-text "
    "einleitung vorspann entradilla bajada occhiello sommario ingress notes note footnotes endnotes references reflist "
    "footnote endnote ps postscriptum post-scriptum epigraph exergue fussnoten notas anmerkungen notesdebasdepage"
)
"""Names of parts of the text that stand before or after its main body."""

QUOTED = _table(
    "quote quoteb quotes quotation quotations blockquote blockquotes bq quoted citation citations cita zitat "
    "zitate citazione citat citaat extract excerpted longquote block-quote quoteblock quote-block cite-block translation"
)
PULLED = _table("pullquote pullquotes pull-quote pull_quote pulled exergue-repeat wp-block-pullquote")
VERSE = _table(
    "poem poems poetry verse verses vers stanza strophe gedicht poema poesia poesie poésie wiersz lyrics "
    "poesie linegroup lg wp-block-verse stichi"
)
EPIGRAPHS = _table("epigraph epigraphe epigraphs exergue motto epígrafe epigrafe epigrafo")
TITLES = _table(
    "title titre titel titulo título titolo headline entry-title post-title article-title firstheading"
)
SUBTITLES = _table(
    "subtitle sub-title sub_title soustitre sous-titre untertitel subtitulo subtítulo sottotitolo ondertitel "
    "subheadline sub-headline tagline deck dek"
)
RUBRICS = _table(
    "kicker surtitre sur-titre dachzeile overline eyebrow supertitle antetitulo occhiello rubric"
)
HEADS = _table(
    "heading subhead subheading subheader intertitre zwischentitel ladillo crosshead subhead2 chapter h2 h3 h4 h5 h6"
)
CAPTIONS = _table(
    "caption captions wp-caption wp-caption-text thumb thumbinner figure image-caption legende légende illustration "
    "spip_documents spip_doc_legende bildunterschrift imagecaption photo-caption credit-caption thumbcaption"
)
NOTES = _table(
    "note notes footnote footnotes endnote endnotes fn fnote ref reference references cite_note sdfootnote sdendnote "
    "ftn edn fussnote fußnote nota notas spip_note notesdebasdepage enote information noteref footnoteref"
)
SMALL_CAPS = _table(
    "smallcaps smcap smallcap sc small-caps sm-caps petitescapitales kapitaelchen kapitälchen versalita"
)
SPACED = _table("gesperrt spaced letterspaced sperrsatz spationné")
SLANTED = _table("italic italics ital emphasis emph em kursiv italique cursiva")
BOLD = _table("bold strong fett gras negrita")
MAKERS = _table(
    "author authors byline by-line auteur auteurs autor autores autori autore autorin autoren writer contributor "
    "contributors vcard translator translators traducteur traductor traduttore übersetzer uebersetzer credit credits "
    "p-author post-author entry-author article-author meta-author byl submitted postauthor"
)
TRANSLATORS = _table(
    "translator translators traducteur traductrice traductor traduttore übersetzer uebersetzer traduction translation"
)
DATES = _table(
    "date dateline published pubdate posted-on entry-date post-date timestamp publié datum fecha data postdate"
)
ICONS = _table("emoji wp-smiley emojione smiley")
UNSEEN = _table(
    "screen-reader-text sr-only visually-hidden visuallyhidden element-invisible hidden-print assistive-text "
    "mw-cite-backlink-label"
)

_NONE: frozenset[str] = frozenset()
_SPLIT = re.compile(r"[\s]+")
_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def names(element: Element) -> frozenset[str]:
    """Every name in an element's class, id and itemprop: each whole, and each of its words."""
    if not element.attributes:
        return _NONE
    said = " ".join(
        (element.get("class"), element.get("id"), element.get("itemprop"), element.get("property"))
    )
    if not said.strip():
        return _NONE
    out: set[str] = set()
    for whole in _SPLIT.split(said.strip()):
        out.add(whole.casefold())
        words = [word.casefold() for word in _WORDS.findall(_CAMEL.sub(" ", whole))]
        out.update(words)
        if len(words) == 2:
            out.add("".join(words))
    return frozenset(out)


def classes(element: Element) -> frozenset[str]:
    """As `names`, of the class alone, which says what a thing is and not only where."""
    bare = Element(element.tag, {"class": element.get("class")})
    return names(bare)


READ_MORE = re.compile(
    r"(?:read (?:more|also|next)|see also|related(?: \w+)?|more on this|also read|further reading on|"
    r"mehr lesen|mehr dazu|lesen sie auch|lies auch|siehe auch|weiterlesen|zum weiterlesen|"
    r"lire (?:aussi|la suite|plus)|à lire(?: aussi)?|voir aussi|sur le même (?:sujet|thème)|"
    r"le[ea] (?:también|más|tambien)|leer (?:más|también)|lee también|ver (?:también|más)|te puede interesar|"
    r"leggi (?:anche|ancora|tutto)|vedi anche|ver também|leia (?:também|mais)|lees (?:ook|verder|meer)|"
    r"czytaj (?:też|także|więcej)|zobacz (?:też|także)|читайте также|см\. также|διαβάστε (?:επίσης|ακόμη))\b",
    re.IGNORECASE,
)
"""How a site leads from inside an article to other articles."""

LABELS = re.compile(
    r"(?:share(?: this| on)?|print(?: this| page)?|e-?mail(?: this)?|tweet|pin it|like this|facebook|twitter|whatsapp|telegram|"
    r"reddit|save|listen|filed under|posted in|tagged(?: with)?|tags?|categor(?:y|ies)|topics?|labels?|permalink|"
    r"leave a (?:comment|reply)|add (?:a )?comment|\d+ (?:comments?|replies|commentaires?|kommentare?|comentarios?)|"
    r"(?:no|your) comments?|comments?(?: off| closed)?|previous|next|back to top|top of (?:the )?page|back|top|home|up|"
    r"teile(?:n)?(?: das| diesen beitrag)?|drucken|druckversion|schlagwörter|kategorien?|zurück|weiter|nach oben|"
    r"partager|imprimer|envoyer|mots[- ]clés?|recommander cette page|haut de page|retour|suivant|précédent|"
    r"compartir|imprimir|etiquetas|categorías?|anterior|siguiente|volver|condividi|stampa|etichette|"
    r"compartilhar|partilhar|delen|afdrukken|udostępnij|drukuj|поделиться|печать|метки|loading|advertisement|anzeige|publicité|follow|following|subscribe|sign (?:in|up)|open in app|"
    r"\d+ min(?:ute)?s?\.? (?:read|lesezeit|de lecture)|member-only story|(?:page )?last (?:updated|modified)\b.{0,40}|zuletzt (?:geändert|aktualisiert).{0,40}|"
    r"dernière (?:mise à jour|modification).{0,40}|última (?:actualización|modificación).{0,40}|ultimo aggiornamento.{0,40})"
    r"\s*(?:[:…»|]|\.\.\.)?",
    re.IGNORECASE,
)
"""Words that stand alone, before or after an article, for something to press."""

ADVERTS = re.compile(
    r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reklama|реклама)",
    re.IGNORECASE,
)

RELATED = re.compile(
    r"(?:related(?: \w+)?|more (?:from|on|in|stories|posts|articles)\b.*|recent posts?|latest (?:posts?|news|articles)|most (?:read|popular)|"
    r"you (?:may|might) also.*|popular(?: posts?)?|trending.*|recommended.*|don.t miss|share (?:this|on).*|"
    r"navigation menu|newsletter|subscribe.*|sign up.*|support us.*|donate.*|"
    r"ähnliche (?:artikel|beiträge)|weitere (?:artikel|beiträge)|meistgelesen|neueste beiträge.*|beliebteste artikel.*|"
    r"articles? (?:similaires?|récents?|liés?|associés?)|dans la même rubrique|sur le (?:même|meme) (?:sujet|thème)|derniers articles|"
    r"artículos relacionados|noticias relacionadas|entradas (?:relacionadas|recientes)|lo más leído|te puede interesar|"
    r"articoli (?:correlati|recenti)|potrebbe interessarti.*|leggi anche|artigos relacionados|posts relacionados|leia também|"
    r"gerelateerde (?:artikelen|berichten)|lees ook|powiązane.*|похожие .*|читайте также|σχετικά άρθρα)\s*:?",
    re.IGNORECASE,
)
"""Headings over links to other articles."""

COMMENT_HEADS = re.compile(
    r"(?:\d+\s+|[\w ]{0,20}\()?(?:comments?|replies|responses?|reader comments|kommentare?|commentaires?|messages?|comentarios?|commenti|"
    r"comentários?|reacties|komentarze|комментари[ийев]+|leave a (?:comment|reply)|join the (?:conversation|discussion)|"
    r"post a comment|add (?:your|a) comment|unterhaltung beginnen|schreibe? (?:einen|uns).*kommentar.*|"
    r"laisser un commentaire|deja (?:un comentario|una respuesta)|lascia un commento|deixe (?:um comentário|uma resposta)|"
    r"(?:\d+ )?thoughts? on .*)(?:\s*\(?\d*\)?)?\s*:?",
    re.IGNORECASE,
)
"""Headings over what readers wrote."""
