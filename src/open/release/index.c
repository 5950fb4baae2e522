/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "base/fs.h"
#include "base/utf8.h"
#include "format/xlsx_books.h"
#include "model/place.h"
#include "release/release_impl.h"

/* A workbook of a document that has several. */
struct workbook {
    const char *path;
    const char *part; /* chapter */
};

/* One document as the index shows it. */
struct card {
    enum lang lang;
    const char *report; /* directory's first part */
    const char *title;
    const char *level;
    const char *code;
    const char *path;    /* directory/name without extension */
    const char *edition; /* hash of that it was rendered of */
    char **formats;
    size_t format_count;
    struct figure_waiver *waivers;
    size_t waiver_count;
    struct workbook *workbooks;
    size_t workbook_count;
};

/* A line of two fields for each workbook of a long report. */
static void add_workbooks(struct text *lines, const struct document *document)
{
    struct arena *scratch = lines->arena;
    const struct html_book *pages = html_book_new(scratch, document);
    if (pages->count == 1 || !format_published(&format_xlsx, document))
        return;
    const struct xlsx_books books = xlsx_books(scratch, document, pages);
    for (size_t b = 0; b < books.count; b++)
        text_format(lines, "%s/%s\t%s\n", document->directory,
                    books.book[b].file, books.book[b].part);
}

/* A line about the document, one for each of its workbooks, then one for each
 * rule that a figure of it does without. */
bool release_card(const struct release_job *job,
                  const struct document *document, size_t number,
                  const char *directory, struct err *err)
{
    struct arena *scratch = arena_new();
    const struct node *place = document->territory;
    /* National documents have one title, that of the edition. */
    const char *title = place != NULL || document->subtitle[0] == '\0'
                            ? document->title
                            : arena_format(scratch, "%s – %s",
                                           document->subtitle, document->title);
    struct text lines = text_new(scratch);
    text_format(
        &lines, "%s\t%s\t%s\t%s\t%s/%s\t%s\t%s\n", lang_code(document->lang),
        title, place == NULL ? "" : place->level,
        place == NULL ? "" : place->code, document->directory, document->name,
        text_join(scratch, document->formats, document->format_count, " "),
        job->edition->hash);
    add_workbooks(&lines, document);
    for (size_t w = 0; w < document->waiver_count; w++)
        text_format(&lines, "%s\t%s\t%s\n", document->waivers[w].figure,
                    document->waivers[w].kind, document->waivers[w].reason);
    const char *path =
        arena_format(scratch, "%s/%s/%06zu", directory, RELEASE_CARDS, number);
    bool ok = fs_write(path, lines.at, lines.size, err);
    arena_free(scratch);
    return ok;
}

static bool fail_card(const char *path, struct err *err)
{
    return err_fail(err, ERR_IO, "release.card", "'%s' is not a document card",
                    fs_name(path));
}

static bool read_card(struct arena *scratch, const char *path,
                      struct card *card, struct err *err)
{
    char *bytes = NULL;
    char **lines = NULL, **parts = NULL;
    size_t size = 0;
    if (!fs_read(scratch, path, &bytes, &size, err))
        return false;
    size_t count = text_split(scratch, bytes, '\n', &lines);
    if (text_split(scratch, lines[0], '\t', &parts) != 7 ||
        !lang_parse(parts[0], &card->lang))
        return fail_card(path, err);
    card->title = parts[1];
    card->level = parts[2];
    card->code = parts[3];
    card->path = parts[4];
    card->format_count = text_split(scratch, parts[5], ' ', &card->formats);
    card->edition = parts[6];
    card->waivers = arena_array(scratch, count, sizeof *card->waivers);
    card->waiver_count = 0;
    card->workbooks = arena_array(scratch, count, sizeof *card->workbooks);
    card->workbook_count = 0;
    for (size_t l = 1; l < count && lines[l][0] != '\0'; l++) {
        size_t fields = text_split(scratch, lines[l], '\t', &parts);
        if (fields == 2)
            card->workbooks[card->workbook_count++] =
                (struct workbook){parts[0], parts[1]};
        else if (fields == 3)
            card->waivers[card->waiver_count++] =
                (struct figure_waiver){parts[0], parts[1], parts[2]};
        else
            return fail_card(path, err);
    }
    return true;
}

static bool read_cards(struct arena *scratch, const char *directory,
                       struct card **cards, size_t *count, struct err *err)
{
    char **names = NULL;
    const char *folder = fs_join(scratch, directory, RELEASE_CARDS);
    if (!fs_entries(scratch, folder, &names, count, err))
        return false;
    *cards = arena_array(scratch, *count, sizeof **cards);
    for (size_t i = 0; i < *count; i++) {
        if (!read_card(scratch, fs_join(scratch, folder, names[i]),
                       &(*cards)[i], err))
            return false;
    }
    return true;
}

/* Links to the files that exist as NAME.ext; figures and data sets have
 * names of their own and are reached through the folder's listing. A link
 * tells the level of its territory: a région may be called as its only
 * département is. */
static void add_links(struct text *out, const char *directory,
                      const struct codes *codes, const struct card *card)
{
    struct arena *scratch = arena_new();
    const char *title = card->title;
    if (card->level[0] != '\0')
        title = arena_format(scratch, "%s, %s", title,
                             place_level(codes, card->lang, card->level));
    for (size_t i = 0; i < card->format_count; i++) {
        const struct format *format = format_find(card->formats[i]);
        assert(format != NULL);
        const char *file =
            arena_format(scratch, "%s%s", card->path, format->extension);
        if (format == &format_figure_pdf ||
            !fs_exists(fs_join(scratch, directory, file)))
            continue;
        release_index_link(out, file, title, format->name);
    }
    arena_free(scratch);
}

/* The workbooks of a long report, by chapter. */
static void add_workbook_links(struct text *out, const struct card *card)
{
    if (card->workbook_count == 0)
        return;
    text_add(out, "\n<details><summary>");
    text_add_xml(out, locale_text(card->lang, "html.workbooks"));
    text_add(out, "</summary>\n<ul>\n");
    for (size_t w = 0; w < card->workbook_count; w++) {
        text_add(out, "<li><a href=\"");
        text_add_xml(out, card->workbooks[w].path);
        text_add(out, "\">");
        text_add_xml(out, card->workbooks[w].part);
        text_add(out, "</a></li>\n");
    }
    text_add(out, "</ul></details>");
}

/* The territory that those of a level are listed under, as départements are
 * under their région; NULL for what lies in the whole country. */
static const struct node *group_of(const struct codes *codes,
                                   const struct card *card)
{
    const struct dimension *places = &codes->dims[DIM_TERRITORY];
    int place = card->level[0] == '\0'
                    ? -1
                    : code_find(places, card->level, card->code);
    int parent = place < 0 ? -1 : places->nodes[place].parent;
    return parent < 0 || places->nodes[parent].parent < 0
               ? NULL
               : &places->nodes[parent];
}

/* The documents of one level, by the territories that they lie in. */
struct section {
    struct text *out;
    const char *directory;
    const struct codes *codes;
    enum lang lang;
    const char *level;
    const struct node *group; /* of the document before */
    struct text items;        /* with headings of groups */
    struct text steps;        /* links to those */
};

static void add_group(struct section *section, const struct node *group)
{
    struct arena *arena = section->out->arena;
    const char *name = place_name(arena, section->lang, group);
    const char *id = arena_format(arena, "%s-%s-%s", section->level,
                                  group->level, group->code);
    text_add(&section->items, "</ul>\n<h3 id=\"");
    text_add_xml(&section->items, id);
    text_add(&section->items, "\">");
    text_add_xml(&section->items, name);
    text_add(&section->items, "</h3>\n<ul>\n");
    text_add(&section->steps, "<li><a href=\"#");
    text_add_xml(&section->steps, id);
    text_add(&section->steps, "\">");
    text_add_xml(&section->steps, name);
    text_add(&section->steps, "</a></li>\n");
    section->group = group;
}

/* A document in its group; what lies in none stands before the first one. */
static void add_item(struct section *section, const struct card *card,
                     const struct node *group)
{
    struct text links = text_new(section->out->arena);
    add_links(&links, section->directory, section->codes, card);
    add_workbook_links(&links, card);
    if (links.size == 0)
        return; /* nothing but data, which are listed below */
    if (group != NULL && group != section->group)
        add_group(section, group);
    text_add(&section->items, "<li><span>");
    text_add_xml(&section->items, card->title);
    text_format(&section->items, "</span>%s</li>\n", links.at);
}

static void add_items(struct section *section, const struct card *cards,
                      size_t count, bool grouped)
{
    for (size_t i = 0; i < count; i++) {
        const struct node *group = group_of(section->codes, &cards[i]);
        if (cards[i].lang == section->lang &&
            text_same(cards[i].level, section->level) &&
            (group != NULL) == grouped)
            add_item(section, &cards[i], group);
    }
}

static void add_steps(struct section *section)
{
    struct arena *arena = section->out->arena;
    if (section->group == NULL)
        return;
    text_add(section->out, "<nav aria-label=\"");
    text_add_xml(
        section->out,
        utf8_capital(arena,
                     locale_fill(arena, section->lang, "index.groups", "level",
                                 place_level(section->codes, section->lang,
                                             section->level),
                                 "group",
                                 place_level(section->codes, section->lang,
                                             section->group->level),
                                 NULL)));
    text_format(section->out, "\">\n<ul>\n%s</ul>\n</nav>\n",
                section->steps.at);
}

static void add_section(struct text *out, const char *directory,
                        const struct codes *codes, const struct card *cards,
                        size_t count, enum lang lang, const char *level)
{
    struct section section = {
        .out = out,
        .directory = directory,
        .codes = codes,
        .lang = lang,
        .level = level,
        .items = text_new(out->arena),
        .steps = text_new(out->arena),
    };
    add_items(&section, cards, count, false);
    add_items(&section, cards, count, true);
    if (section.items.size == 0)
        return;
    text_add(out, "<h2>");
    text_add_xml(out,
                 level[0] == '\0'
                     ? locale_text(lang, "index.national")
                     : locale_fill(out->arena, lang, "index.level", "level",
                                   place_level(codes, lang, level), NULL));
    text_add(out, "</h2>\n");
    add_steps(&section);
    /* A group ends the list before it, which nothing has begun. */
    static const char end[] = "</ul>\n";
    bool grouped = text_starts(section.items.at, end);
    if (!grouped)
        text_add(out, "<ul>\n");
    text_format(out, "%s</ul>\n",
                section.items.at + (grouped ? strlen(end) : 0));
}

static void add_head(struct text *out, const struct release_job *job,
                     enum lang lang)
{
    const struct project *project = job->edition->project;
    text_format(out,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                "<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n<title>",
                lang_code(lang));
    text_add_xml(out, project->title[lang]);
    text_add(out,
             "</title>\n<style>\n"
             "body{font:1rem/1.5 Roboto,Arial,sans-serif;color:#1b1b2f;"
             "background:#fff;max-width:60rem;margin:2rem auto;"
             "padding:0 1rem}\n"
             "h1{font-size:1.6rem}h2{font-size:1.2rem;border-bottom:"
             "1px solid #767685}\n"
             "ul{list-style:none;padding:0;columns:20rem}"
             "li{padding:.25rem 0;break-inside:avoid}\n"
             "span{display:block}a{color:#00468c;margin-right:.75rem;"
             "text-transform:uppercase;font-size:.875rem;"
             "display:inline-block;min-height:24px}\n"
             "details a,nav a{text-transform:none}"
             "h3{font-size:1.05rem;margin-bottom:0}h3+ul{margin-top:.25rem}"
             "nav ul{columns:12rem}\n"
             "details li{padding:0}"
             "summary{min-height:24px;color:#00468c;cursor:pointer}\n"
             "@media (prefers-color-scheme:dark){body{color:#ececf4;"
             "background:#161625}a,summary{color:#9cc7ff}}\n"
             "@media print{h2,h3{break-after:avoid}nav{display:none}}\n"
             "</style>\n</head>\n<body>\n<main>\n<h1>");
    text_add_xml(out, project->title[lang]);
    text_add(out, "</h1>\n");
    const char *state = state_words(out->arena, lang, project);
    if (state[0] != '\0') {
        text_add(out, "<p class=\"state\"><strong>");
        text_add_xml(out, state);
        text_add(out, "</strong></p>\n");
    }
    text_add(out, "<p>");
    text_add_xml(out, project->publisher[lang]);
    text_add(out, " – ");
    text_add_xml(out, date_format(out->arena, lang, project->date));
    text_add(out, "</p>\n");
    const char *frequency = frequency_words(lang, project->frequency);
    if (frequency[0] != '\0') {
        text_add(out, "<p>");
        text_add_xml(out, frequency);
        text_add(out, "</p>\n");
    }
}

static bool write_index(const struct release_job *job, const char *directory,
                        const struct card *cards, size_t count, enum lang lang,
                        const char *name, struct err *err)
{
    struct arena *scratch = arena_new();
    struct text out = text_new(scratch);
    const struct codes *codes = job->edition->codes;
    const struct dimension *places = &codes->dims[DIM_TERRITORY];
    add_head(&out, job, lang);
    add_section(&out, directory, codes, cards, count, lang, "");
    for (size_t i = 0; i < places->count; i++) {
        bool first = true;
        for (size_t j = 0; j < i; j++)
            first = first &&
                    !text_same(places->nodes[j].level, places->nodes[i].level);
        if (first)
            add_section(&out, directory, codes, cards, count, lang,
                        places->nodes[i].level);
    }
    bool ok = release_index_data(&out, job->edition, directory, lang, err);
    text_add(&out, "<p><a href=\"manifest.json\">manifest.json</a> "
                   "<a href=\"SHA256SUMS\">SHA256SUMS</a></p>\n"
                   "</main>\n</body>\n</html>\n");
    ok = ok &&
         fs_write(fs_join(scratch, directory, name), out.at, out.size, err);
    arena_free(scratch);
    return ok;
}

static bool has_lang(const struct project *project, enum lang lang)
{
    for (size_t l = 0; l < project->lang_count; l++) {
        if (project->langs[l] == lang)
            return true;
    }
    return false;
}

/* Of what `render --shard` wrote no part is left out, and none is another
 * edition's or in another language. */
static bool check_cards(const struct release_job *job, const struct card *cards,
                        size_t count, struct err *err)
{
    for (size_t c = 0; c < count; c++) {
        if (!text_same(cards[c].edition, job->edition->hash))
            return err_fail(err, ERR_DISAGREE, "release.edition",
                            "document '%s' was rendered of another edition",
                            cards[c].path);
        if (!has_lang(job->project, cards[c].lang))
            return err_fail(err, ERR_DISAGREE, "release.lang",
                            "document '%s' is in language '%s', which is none "
                            "of the release",
                            cards[c].path, lang_code(cards[c].lang));
    }
    return count == job->documents ||
           err_fail(err, ERR_DISAGREE, "release.incomplete",
                    "%zu of %zu documents are there: expected every shard once",
                    count, job->documents);
}

bool release_index(const struct release_job *job, const char *directory,
                   struct err *err)
{
    struct arena *scratch = arena_new();
    struct card *cards = NULL;
    size_t count = 0;
    const struct project *project = job->project; /* rendered languages */
    bool ok = read_cards(scratch, directory, &cards, &count, err) &&
              check_cards(job, cards, count, err);
    for (size_t l = 0; ok && l < project->lang_count; l++) {
        enum lang lang = project->langs[l];
        const char *name =
            l == 0 ? "index.html"
                   : arena_format(scratch, "index.%s.html", lang_code(lang));
        ok = write_index(job, directory, cards, count, lang, name, err);
    }
    arena_free(scratch);
    return ok;
}

static void tell_waiver(const char *path, const struct figure_waiver *waiver,
                        struct text *out)
{
    static const char *const keys[] = {"document", "figure", "kind", "reason"};
    const char *values[] = {path, waiver->figure, waiver->kind, waiver->reason};
    text_add(out, "{");
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        text_format(out, k == 0 ? "\"%s\": " : ", \"%s\": ", keys[k]);
        text_add_json(out, values[k]);
    }
    text_add(out, "}");
}

bool release_waivers(const char *directory, struct text *out, struct err *err)
{
    struct arena *scratch = arena_new();
    struct card *cards = NULL;
    size_t count = 0, told = 0;
    bool ok = read_cards(scratch, directory, &cards, &count, err);
    for (size_t c = 0; ok && c < count; c++) {
        for (size_t w = 0; w < cards[c].waiver_count; w++) {
            text_add(out, told++ == 0 ? "" : ",\n    ");
            tell_waiver(cards[c].path, &cards[c].waivers[w], out);
        }
    }
    arena_free(scratch);
    return ok;
}
