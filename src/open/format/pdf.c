/* SPDX-License-Identifier: EUPL-1.2 */
/* A document as one PDF file: blocks are set on pages, pages are played to the
 * PDF device. Structure elements are made in the order in which the text is
 * read, each before the first mark that belongs to it. */
#include <string.h>

#include "base/fs.h"
#include "device/haru.h"
#include "format/grid_csv.h"
#include "format/pdf_impl.h"
#include "page/layout.h"

struct player {
    struct arena *arena;
    struct haru *haru;
    const struct document *document;
    const struct layout *layout;
    size_t made; /* elements of the layout that the file has */
    int open;    /* element of the open mark, TAG_ARTIFACT, or CLOSED */
    int link;    /* whose box is being gathered, or -1 */
    struct haru_box box;
    double x_pt, y_pt; /* of the slab being played */
};

#define CLOSED (-2)

static void close_mark(struct player *player)
{
    if (player->open != CLOSED)
        haru_end(player->haru);
    player->open = CLOSED;
}

/* The device numbers its elements in the same order, root included. */
static void make_elements(struct player *player, size_t past)
{
    for (; player->made < past; player->made++) {
        const struct layout_element *element =
            &player->layout->elements[player->made];
        int made = haru_element(player->haru, element->parent, &element->tag);
        assert(made == (int)player->made);
        (void)made;
    }
}

static void open_mark(struct player *player, int element)
{
    if (player->open == element)
        return;
    close_mark(player);
    if (element == TAG_ARTIFACT) {
        haru_artifact(player->haru);
    } else {
        make_elements(player, (size_t)element + 1);
        haru_begin(player->haru, element);
    }
    player->open = element;
}

/* --- links ---------------------------------------------------------------- */

static void end_link(struct player *player)
{
    if (player->link < 0)
        return;
    const struct layout_link *link = &player->layout->links[player->link];
    if (link->heading >= 0) {
        const struct layout_heading *to =
            &player->layout->headings[link->heading];
        haru_link_page(player->haru, link->element, &player->box, to->page,
                       to->y_pt, link->words);
    } else {
        haru_link_uri(player->haru, link->element, &player->box, link->href,
                      link->words);
    }
    player->link = -1;
}

/* One box for all marks of a link on one line. */
static void gather_link(struct player *player, const struct layout_mark *mark)
{
    struct haru_box box = {
        .x_pt = player->x_pt + mark->x_pt,
        .y_pt = player->y_pt + mark->y_pt - mark->height_pt * 0.78,
        .width_pt = mark->width_pt,
        .height_pt = mark->height_pt,
    };
    bool same = player->link == mark->link && mark->link >= 0 &&
                player->box.y_pt < box.y_pt + 1 &&
                player->box.y_pt > box.y_pt - 1;
    if (same) {
        player->box.width_pt = box.x_pt + box.width_pt - player->box.x_pt;
        return;
    }
    end_link(player);
    player->link = mark->link;
    player->box = box;
}

/* --- marks ---------------------------------------------------------------- */

static void play_text(struct player *player, const struct layout_mark *mark)
{
    struct haru_text text = {
        .x_pt = player->x_pt + mark->x_pt,
        .y_pt = player->y_pt + mark->y_pt,
        .style = mark->style,
        .size_pt = mark->size_pt,
        .colour = mark->colour,
        .word_space_pt = mark->word_space_pt,
    };
    haru_text(player->haru, &text, mark->text, mark->size);
    gather_link(player, mark);
}

/* --- data of figures ------------------------------------------------------ */

static const struct block *find_figure(const struct block *blocks, size_t count,
                                       const struct figure *figure)
{
    const struct block *found = NULL;
    for (size_t i = 0; i < count && found == NULL; i++) {
        if (blocks[i].kind == BLOCK_FIGURE && blocks[i].figure == figure)
            found = &blocks[i];
        else if (blocks[i].kind == BLOCK_COLUMNS)
            found =
                find_figure(blocks[i].children, blocks[i].child_count, figure);
    }
    return found;
}

static void attach_data(struct player *player, const struct layout_mark *mark)
{
    const struct document *document = player->document;
    const struct block *block =
        find_figure(document->blocks, document->block_count, mark->figure);
    if (block != NULL)
        pdf_attach(player->arena, player->haru, mark->element, document,
                   block->figure, block->caption.title);
}

/* --- playing -------------------------------------------------------------- */

static void play_mark(struct player *player, const struct layout_mark *mark,
                      bool artifact)
{
    double x = player->x_pt + mark->x_pt;
    double y = player->y_pt + mark->y_pt;
    int element = artifact ? TAG_ARTIFACT : mark->element;
    switch (mark->kind) {
    case LAYOUT_TEXT:
        if (mark->size == 0)
            return;
        open_mark(player, element);
        play_text(player, mark);
        break;
    case LAYOUT_FILL:
        if (mark->width_pt <= 0 || mark->height_pt <= 0)
            return;
        open_mark(player, element);
        haru_rectangle(
            player->haru,
            &(struct haru_box){x, y, mark->width_pt, mark->height_pt},
            mark->colour);
        break;
    case LAYOUT_SCENE:
        open_mark(player, element);
        haru_scene(player->haru, element, mark->scene, x, y, mark->scale);
        if (element != TAG_ARTIFACT)
            attach_data(player, mark);
        break;
    case LAYOUT_LOGO:
        open_mark(player, element);
        haru_png(player->haru, element, mark->logo->bytes, mark->logo->size,
                 &(struct haru_box){x, y, mark->width_pt, mark->height_pt});
        break;
    }
}

static void play_running(struct player *player, const struct layout_slab *slab)
{
    if (slab->mark_count == 0)
        return;
    close_mark(player);
    haru_pagination(player->haru);
    player->open = TAG_ARTIFACT;
    player->x_pt = player->y_pt = 0;
    for (size_t i = 0; i < slab->mark_count; i++)
        play_mark(player, &slab->marks[i], true);
    close_mark(player);
}

static void play_page(struct player *player, const struct layout_page *page)
{
    (void)haru_page(player->haru, page->width_pt, page->height_pt);
    play_running(player, &page->head);
    for (size_t i = 0; i < page->slab_count; i++) {
        const struct layout_placed *placed = &page->slabs[i];
        player->x_pt = placed->x_pt;
        player->y_pt = placed->y_pt;
        for (size_t j = 0; j < placed->slab->mark_count; j++)
            play_mark(player, &placed->slab->marks[j], placed->repeated);
        end_link(player);
    }
    close_mark(player);
    play_running(player, &page->foot);
}

static void play(struct arena *arena, struct haru *haru,
                 const struct document *document, const struct layout *layout)
{
    struct player player = {
        .arena = arena,
        .haru = haru,
        .document = document,
        .layout = layout,
        .made = 1, /* the root is there from the start */
        .open = CLOSED,
        .link = -1,
    };
    for (size_t i = 0; i < layout->page_count; i++)
        play_page(&player, &layout->pages[i]);
    make_elements(&player, layout->element_count);
    for (size_t i = 0; i < layout->heading_count; i++) {
        const struct layout_heading *heading = &layout->headings[i];
        if (heading->level > 0 && heading->title[0] != '\0')
            haru_outline(haru, heading->level, heading->title, heading->page,
                         heading->y_pt);
    }
    if (layout->front_count > 0)
        haru_label(haru, 0, 1, true);
    if (layout->front_count < layout->page_count)
        haru_label(haru, layout->front_count, 1, false);
}

/* --- the format ----------------------------------------------------------- */

static struct haru_info info_of(struct arena *arena,
                                const struct document *document)
{
    const struct edition *edition = document->edition;
    const struct project *project = edition->project;
    return (struct haru_info){
        .title = document->title,
        .author = project->publisher[document->lang],
        .subject = document->description,
        .keywords = arena_format(
            arena, "%s, %s", locale_text(document->lang, "document.subject"),
            edition->snapshot),
        .lang = lang_code(document->lang),
        .date = project->date,
        .creator = arena_format(arena, "Panorama %s", edition->version),
        .archive = project->archive,
    };
}

void pdf_attach(struct arena *arena, struct haru *haru, int element,
                const struct document *document, const struct figure *figure,
                const char *title)
{
    if (figure->data == NULL || figure->data->rows == 0)
        return;
    struct text csv = text_new(arena);
    grid_csv(&csv, figure->data);
    const struct haru_file_source source = {
        .name = arena_format(arena, "%s-%s.csv", document->name, figure->id),
        .media_type = "text/csv",
        .words = title == NULL ? "" : title,
        .bytes = csv.at,
        .size = csv.size,
    };
    haru_attach(haru, element, &source);
}

char *pdf_path(struct arena *arena, const struct format_job *job)
{
    const char *directory = fs_join(arena, job->root, job->document->directory);
    return fs_join(arena, directory,
                   arena_format(arena, "%s.pdf", job->document->name));
}

static bool write_layout(struct arena *arena, const struct format_job *job,
                         const struct layout *layout, struct err *err)
{
    struct haru_info info = info_of(arena, job->document);
    struct haru *haru = NULL;
    if (!haru_open(arena, job->fonts, &info, &haru, err))
        return false;
    play(arena, haru, job->document, layout);
    const char *path = pdf_path(arena, job);
    bool ok = haru_save(haru, path, err);
    haru_close(haru);
    return ok;
}

static bool write_pages(struct arena *arena, const struct format_job *job,
                        struct err *err)
{
    struct theme theme;
    struct layout *layout = NULL;
    const char *directory = fs_join(arena, job->root, job->document->directory);
    return fs_make_directory(directory, err) &&
           theme_find(arena, job->document->theme, job->templates, &theme,
                      err) &&
           theme_check_family(&theme, fonts_family(job->fonts), err) &&
           layout_document(arena, job->document, &theme, job->fonts, &layout,
                           err) &&
           write_layout(arena, job, layout, err);
}

/* The pages are forgotten before the last pass, which reads the whole file. */
static bool write_pdf(const struct format_job *job, struct err *err)
{
    struct arena *arena = arena_new();
    bool ok = write_pages(arena, job, err);
    arena_free(arena);
    if (ok && job->document->edition->project->compact) {
        arena = arena_new();
        ok = haru_pack(pdf_path(arena, job), err);
        arena_free(arena);
    }
    return ok || err_wrap(err, "pdf '%s'", job->document->name);
}

const struct format format_pdf = {
    .name = "pdf",
    .extension = ".pdf",
    .media_type = "application/pdf",
    .write = write_pdf,
    .verify = pdf_verify,
};
