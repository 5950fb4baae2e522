/* SPDX-License-Identifier: EUPL-1.2 */
#include "format/figure_pdf.h"

#include <math.h>

#include "format/figures.h"
#include "format/pdf_impl.h"
#include "format/pdf_text.h"

/* To two decimals, which boxes are written with, or the next of the library's
 * numbers above: the figure reaches no edge of the page, which is as large as
 * its SVG. */
static double round_up(double size_pt)
{
    double exact = ceil(size_pt * 100) / 100;
    float near = (float)exact;
    return (double)near < exact ? (double)nextafterf(near, INFINITY)
                                : (double)near;
}

/* ISO 32000, annex C: what viewers take. */
enum { PAGE_MOST_PT = 14400 };

static bool check_size(const struct scene *scene, const char *path,
                       struct err *err)
{
    double largest = fmax(scene_width(scene), scene_height(scene));
    return largest <= PAGE_MOST_PT ||
           err_fail(err, ERR_INPUT, "pdf.size",
                    "picture '%s': %.0f points high or wide, more than %d: it "
                    "needs fewer rows, or SVG",
                    path, largest, PAGE_MOST_PT);
}

bool figure_pdf_write(struct arena *arena, const struct scene *scene,
                      const struct fonts *fonts, const struct figure_pdf *about,
                      const char *path, struct err *err)
{
    const struct haru_info info = {
        .title = scene_alt(scene),
        .author = about->author,
        .subject = scene_description(scene),
        .keywords = "",
        .lang = about->lang,
        .date = about->date,
        .creator = about->creator,
        .archive = about->archive,
    };
    struct tag figure = {.role = TAG_FIGURE, .alt = scene_alt(scene)};
    struct haru *haru = NULL;
    if (!check_size(scene, path, err))
        return false;
    if (!haru_open(arena, fonts, &info, &haru, err))
        return false;
    haru_page(haru, round_up(scene_width(scene)),
              round_up(scene_height(scene)));
    haru_label(haru, 0, 1, false);
    int element = haru_element(haru, TAG_ROOT, &figure);
    haru_begin(haru, element);
    haru_scene(haru, element, scene, 0.0, 0.0, 1.0);
    haru_end(haru);
    if (about->document != NULL)
        pdf_attach(arena, haru, element, about->document, about->figure,
                   about->title);
    bool ok = haru_save(haru, path, err);
    haru_close(haru);
    return ok;
}

/* --- the format ----------------------------------------------------------- */

static bool write_one(struct arena *scratch, const struct format_job *job,
                      const struct figure_file *file, struct err *err)
{
    const struct document *document = job->document;
    const struct edition *edition = document->edition;
    const struct project *project = edition->project;
    const struct figure_pdf about = {
        .author = project->publisher[document->lang],
        .lang = lang_code(document->lang),
        .date = project->date,
        .creator = arena_format(scratch, "panorama %s", edition->version),
        .archive = project->archive,
        .document = document,
        .figure = file->figure,
        .title = file->caption->title,
    };
    return figure_pdf_write(scratch, file->scene, job->fonts, &about,
                            file->path, err) &&
           (!project->compact || haru_pack(file->path, err));
}

/* The file is whole, tagged, and has one page. */
static bool verify_one(struct arena *scratch, const struct format_job *job,
                       const struct figure_file *file, struct err *err)
{
    (void)job;
    struct pdf_text text;
    if (!pdf_text_read(scratch, file->path, &text, err))
        return false;
    if (text.page_count != 1)
        return err_fail(err, ERR_DISAGREE, "pdf.pages",
                        "'%s' has %zu pages, not 1", file->path,
                        text.page_count);
    return true;
}

static bool write_all(const struct format_job *job, struct err *err)
{
    return figures_each(job, ".pdf", write_one, err);
}

static bool verify_all(const struct format_job *job, struct err *err)
{
    return figures_each(job, ".pdf", verify_one, err);
}

const struct format format_figure_pdf = {
    .name = "figure_pdf",
    .extension = ".pdf",
    .media_type = "application/pdf",
    .write = write_all,
    .verify = verify_all,
};
