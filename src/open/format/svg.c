/* SPDX-License-Identifier: EUPL-1.2 */
/* format/svg.c - each figure as an SVG file, and the reading back: the file is
 * well-formed, and its texts and titles are those of the scene, in order. */
#include <ctype.h>
#include <string.h>

#include "base/fs.h"
#include "device/device.h"
#include "format/figures.h"

/* Ids are prefixed all the same: someone will paste the file into a page. */
#define PREFIX "f"

static bool write_one(struct arena *scratch, const struct format_job *job,
                      const struct figure_file *file, struct err *err)
{
    struct text svg = text_new(scratch);
    if (!device_check_text(file->scene, job->fonts, err))
        return err_wrap(err, "picture '%s'", file->path);
    device_svg(file->scene, job->fonts, true, PREFIX, &svg);
    return fs_write(file->path, svg.at, svg.size, err);
}

/* --- reading back --------------------------------------------------------- */

enum { DEPTH_MOST = 64 };

struct reader {
    struct arena *scratch;
    const char *path;
    const char *at;
    struct err *err;
    struct {
        const char *name;
        size_t size;
    } open[DEPTH_MOST];
    size_t depth;
    bool had_root;
    size_t titles;
    const struct scene *scene;
    size_t item; /* the next item of the scene to look at */
};

static bool wrong(struct reader *reader, const char *what)
{
    return err_fail(reader->err, ERR_DISAGREE, "svg.broken", "'%s': %s",
                    reader->path, what);
}

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_' || c == ':' ||
           c == '.';
}

static size_t name_size(const char *at)
{
    size_t size = 0;
    while (is_name(at[size]))
        size++;
    return size;
}

/* Past ` name="value"` as often as it stands there. */
static bool skip_attributes(struct reader *reader)
{
    while (*reader->at == ' ') {
        reader->at++;
        size_t size = name_size(reader->at);
        reader->at += size;
        if (size == 0 || reader->at[0] != '=' || reader->at[1] != '"')
            return wrong(reader, "a broken attribute");
        reader->at += 2;
        reader->at += strcspn(reader->at, "\"<");
        if (*reader->at != '"')
            return wrong(reader, "an attribute without end");
        reader->at++;
    }
    return true;
}

static bool read_close(struct reader *reader)
{
    size_t size = name_size(reader->at);
    if (reader->depth == 0 || reader->open[reader->depth - 1].size != size ||
        memcmp(reader->open[reader->depth - 1].name, reader->at, size) != 0)
        return wrong(reader, "an element closed that is not open");
    reader->depth--;
    reader->at += size;
    if (*reader->at != '>')
        return wrong(reader, "a broken closing tag");
    reader->at++;
    return true;
}

static bool read_open(struct reader *reader)
{
    const char *name = reader->at;
    size_t size = name_size(name);
    if (size == 0 || reader->depth == DEPTH_MOST ||
        (reader->depth == 0 && reader->had_root))
        return wrong(reader, "an element where none can be");
    reader->at += size;
    reader->had_root = true;
    if (size == 5 && memcmp(name, "title", 5) == 0)
        reader->titles++;
    if (!skip_attributes(reader))
        return false;
    if (text_starts(reader->at, "/>")) {
        reader->at += 2;
        return true;
    }
    if (*reader->at != '>')
        return wrong(reader, "a broken opening tag");
    reader->at++;
    reader->open[reader->depth].name = name;
    reader->open[reader->depth++].size = size;
    return true;
}

static bool is_inside(const struct reader *reader, const char *name)
{
    if (reader->depth == 0)
        return false;
    return reader->open[reader->depth - 1].size == strlen(name) &&
           memcmp(reader->open[reader->depth - 1].name, name, strlen(name)) ==
               0;
}

/* What the device writes for a text of the scene. */
static const char *expected_text(const struct reader *reader, const char *text)
{
    static const char soft[] = "\xC2\xAD";
    struct text plain = text_new(reader->scratch);
    for (const char *at = text; *at;) {
        if (!text_starts(at, soft)) {
            text_add_char(&plain, *at++);
            continue;
        }
        at += sizeof soft - 1;
        if (*at == '\0')
            text_add_char(&plain, '-');
    }
    struct text escaped = text_new(reader->scratch);
    text_add_xml(&escaped, plain.at);
    return escaped.at;
}

/* The content of a <text> is the next text of the scene. */
static bool check_text(struct reader *reader, const char *content, size_t size)
{
    while (reader->item < scene_count(reader->scene) &&
           scene_item(reader->scene, reader->item)->kind != SCENE_TEXT)
        reader->item++;
    if (reader->item == scene_count(reader->scene))
        return wrong(reader, "more texts than the figure has");
    const char *want =
        expected_text(reader, scene_item(reader->scene, reader->item++)->text);
    if (strlen(want) != size || memcmp(want, content, size) != 0)
        return err_fail(reader->err, ERR_DISAGREE, "svg.text",
                        "'%s': text '%.*s' should be '%s'", reader->path,
                        (int)size, content, want);
    return true;
}

static bool read_content(struct reader *reader)
{
    size_t size = strcspn(reader->at, "<");
    const char *content = reader->at;
    reader->at += size;
    if (is_inside(reader, "text"))
        return check_text(reader, content, size);
    return true;
}

static bool read_all(struct reader *reader)
{
    static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    if (!text_starts(reader->at, head))
        return wrong(reader, "no XML declaration");
    reader->at += sizeof head - 1;
    while (*reader->at) {
        bool ok;
        if (text_starts(reader->at, "</")) {
            reader->at += 2;
            ok = read_close(reader);
        } else if (*reader->at == '<') {
            reader->at++;
            ok = read_open(reader);
        } else {
            ok = read_content(reader);
        }
        if (!ok)
            return false;
    }
    if (reader->depth > 0 || !reader->had_root)
        return wrong(reader, "ends inside an element");
    return true;
}

static size_t named_areas(const struct scene_mosaic *mosaic)
{
    size_t named = 0;
    for (size_t a = 0; a < mosaic->area_count; a++)
        named += mosaic->areas[a].title[0] != '\0';
    return named;
}

/* Nothing of the scene is missing from the file. */
static bool check_rest(struct reader *reader)
{
    size_t titles = 1;
    for (size_t i = 0; i < scene_count(reader->scene); i++) {
        const struct scene_item *item = scene_item(reader->scene, i);
        if (item->kind == SCENE_GROUP_BEGIN && item->title[0])
            titles++;
        if (item->kind == SCENE_MOSAIC)
            titles += named_areas(item->mosaic);
        if (item->kind == SCENE_TEXT && i >= reader->item)
            return err_fail(reader->err, ERR_DISAGREE, "svg.text",
                            "'%s': text '%s' is missing", reader->path,
                            item->text);
    }
    if (titles != reader->titles)
        return err_fail(reader->err, ERR_DISAGREE, "svg.titles",
                        "'%s' has %zu titles, not %zu", reader->path,
                        reader->titles, titles);
    return true;
}

static bool verify_one(struct arena *scratch, const struct format_job *job,
                       const struct figure_file *file, struct err *err)
{
    (void)job;
    char *bytes;
    size_t size;
    if (!fs_read(scratch, file->path, &bytes, &size, err))
        return false;
    struct reader reader = {
        .scratch = scratch,
        .path = file->path,
        .at = bytes,
        .err = err,
        .scene = file->scene,
    };
    if (strlen(bytes) != size)
        return wrong(&reader, "holds a NUL");
    return read_all(&reader) && check_rest(&reader);
}

static bool write_all(const struct format_job *job, struct err *err)
{
    return figures_each(job, ".svg", write_one, err);
}

static bool verify_all(const struct format_job *job, struct err *err)
{
    return figures_each(job, ".svg", verify_one, err);
}

const struct format format_svg = {
    .name = "svg",
    .extension = ".svg",
    .media_type = "image/svg+xml",
    .write = write_all,
    .verify = verify_all,
};
