/* SPDX-License-Identifier: EUPL-1.2 */
/* Picture files of a document: which ones, and that a change is noticed. */
#include "check.h"

#include "base/fs.h"
#include "chart_fixture.h"
#include "format/figure_sheet.h"
#include "format/format.h"

struct trial {
    struct arena *arena;
    char *folder;
    struct fonts *fonts;
    struct figure figures[3];
    struct block columns[2];
    struct block blocks[3];
    struct document document;
    struct format_job job;
    struct err err;
};

static struct figure make_figure(struct trial *trial, const char *id,
                                 const struct chart_job *job)
{
    struct scene *scene = NULL;
    CHECK(chart_draw(trial->arena, trial->fonts, job, &scene, &trial->err));
    return (struct figure){.id = id, .scene = scene, .words = ""};
}

/* One figure alone, two in columns, one of them without picture. */
static void trial_start(struct trial *trial)
{
    *trial = (struct trial){.arena = arena_new(), .folder = check_directory()};
    CHECK(fonts_open(trial->arena, NULL, &trial->fonts, &trial->err));
    struct chart_job jobs[] = {fixture_line(trial->arena, LANG_FR),
                               fixture_bars(trial->arena)};
    trial->figures[0] = make_figure(trial, "courbe", &jobs[0]);
    trial->figures[1] = make_figure(trial, "barres", &jobs[1]);
    trial->figures[2] = (struct figure){.id = "rien", .words = "Secret."};
    for (size_t i = 0; i < 2; i++)
        trial->columns[i] = (struct block){
            .kind = BLOCK_FIGURE, .id = "", .figure = &trial->figures[i + 1]};
    trial->blocks[0] = (struct block){.kind = BLOCK_HEADING, .id = ""};
    trial->blocks[1] =
        (struct block){.kind = BLOCK_FIGURE,
                       .id = "",
                       .figure = &trial->figures[0],
                       .caption = {.title = "Incidence du mélanome",
                                   .unit = "Taux standardisé Monde",
                                   .scope = "France, 2019-2023",
                                   .source = "Registre d’essai"}};
    trial->blocks[2] = (struct block){.kind = BLOCK_COLUMNS,
                                      .id = "",
                                      .children = trial->columns,
                                      .child_count = 2};
    trial->document = (struct document){.name = "essai",
                                        .directory = "un/deux",
                                        .title = "",
                                        .subtitle = "",
                                        .blocks = trial->blocks,
                                        .block_count = 3};
    trial->job = (struct format_job){.document = &trial->document,
                                     .fonts = trial->fonts,
                                     .root = trial->folder};
}

static void trial_end(struct trial *trial)
{
    fonts_close(trial->fonts);
    check_remove(trial->folder);
    arena_free(trial->arena);
}

static const char *path_of(struct trial *trial, const char *name)
{
    return arena_format(trial->arena, "%s/un/deux/%s", trial->folder, name);
}

TEST(each_figure_with_a_picture_is_one_file_and_reads_back)
{
    struct trial trial;
    trial_start(&trial);
    CHECK(format_svg.write(&trial.job, &trial.err));
    CHECK(format_svg.verify(&trial.job, &trial.err));
    CHECK(format_png.write(&trial.job, &trial.err));
    CHECK(format_png.verify(&trial.job, &trial.err));
    char **names;
    size_t count;
    CHECK(fs_list(trial.arena, trial.folder, &names, &count, &trial.err));
    CHECK_TEXT(text_join(trial.arena, (const char *const *)names, count, " "),
               "un/deux/essai-barres.png un/deux/essai-barres.svg "
               "un/deux/essai-courbe.png un/deux/essai-courbe.svg");
    trial_end(&trial);
}

/* A picture that someone downloads says what it shows and where from. */
TEST(files_carry_title_scope_unit_and_source)
{
    struct trial trial;
    trial_start(&trial);
    const struct scene *alone = trial.figures[0].scene;
    const struct scene *sheet = figure_sheet(trial.arena, trial.fonts, alone,
                                             &trial.blocks[1].caption, LANG_FR);
    CHECK_NEAR(scene_width(sheet), scene_width(alone), 1e-12);
    CHECK(scene_height(sheet) > scene_height(alone) + 20);
    CHECK_TEXT(scene_alt(sheet), scene_alt(alone));
    CHECK_TEXT(scene_description(sheet), scene_description(alone));
    CHECK_TEXT(scene_item(sheet, 1)->text, "Incidence du mélanome");
    CHECK_TEXT(scene_item(sheet, scene_count(sheet) - 2)->text,
               "Source\u00a0: Registre d’essai");

    CHECK(format_svg.write(&trial.job, &trial.err));
    char *bytes;
    size_t size;
    CHECK(fs_read(trial.arena, path_of(&trial, "essai-courbe.svg"), &bytes,
                  &size, &trial.err));
    CHECK(strstr(bytes, ">Incidence du mélanome</text>") != NULL);
    CHECK(strstr(bytes, ">France, 2019-2023</text>") != NULL);
    CHECK(strstr(bytes, ">Taux standardisé Monde</text>") != NULL);
    CHECK(strstr(bytes, ">Source\u00a0: Registre d’essai</text>") != NULL);
    trial_end(&trial);
}

TEST(long_titles_wrap_and_a_unit_is_said_once)
{
    struct trial trial;
    trial_start(&trial);
    struct scene *small = scene_new(trial.arena, 200, 50, "Un.", "Deux.");
    struct scene_text_style style = {
        .font = FONT_REGULAR, .size_pt = 8, .css = ""};
    scene_text(small, 10, 10, "%", &style);
    struct caption caption = {
        .title = "Un titre qui ne tient pas sur une seule ligne du dessin",
        .unit = "%"};
    const struct scene *sheet =
        figure_sheet(trial.arena, trial.fonts, small, &caption, LANG_FR);
    /* a group of two lines, then the drawing */
    CHECK_INT(scene_count(sheet), 5);
    for (size_t i = 1; i < 3; i++)
        CHECK(fonts_width(trial.fonts, FONT_BOLD, 10.5,
                          scene_item(sheet, i)->text,
                          strlen(scene_item(sheet, i)->text)) <= 192);
    CHECK(scene_item(sheet, 4)->y_pt - 10 >
          scene_item(sheet, 2)->y_pt); /* below the title */
    struct caption none = {.title = NULL};
    CHECK(figure_sheet(trial.arena, trial.fonts, small, &none, LANG_FR) ==
          small);
    trial_end(&trial);
}

/* "rapport" is said by "Rapport standardisé"; "%" is not by "95 %", nor is
 * "cas" by "casier". */
TEST(a_unit_that_begins_a_line_is_said)
{
    static const struct {
        const char *line, *unit;
        size_t lines; /* of the sheet: title, unit */
    } rows[] = {{"Rapport standardisé", "rapport", 1},
                {"cas, en % du total", "cas", 1},
                {"casier", "cas", 2},
                {"Intervalle à 95 %", "%", 2}};
    struct trial trial;
    trial_start(&trial);
    for (size_t r = 0; r < COUNT_OF(rows); r++) {
        struct scene *small = scene_new(trial.arena, 300, 50, "Un.", "Deux.");
        struct scene_text_style style = {
            .font = FONT_REGULAR, .size_pt = 8, .css = ""};
        scene_text(small, 10, 10, rows[r].line, &style);
        struct caption caption = {.title = "Titre", .unit = rows[r].unit};
        const struct scene *sheet =
            figure_sheet(trial.arena, trial.fonts, small, &caption, LANG_FR);
        CHECK_INT(scene_count(sheet), 3 * rows[r].lines + 1);
    }
    trial_end(&trial);
}

/* Lines of maps begin nearer to the edge than those of charts. */
TEST(title_and_source_begin_where_the_drawing_s_lines_do)
{
    static const double lefts[] = {0.5, 4, 60};
    static const double widths[] = {207, 200, 200};
    struct trial trial;
    trial_start(&trial);
    const struct caption caption = {.title = "Titre", .source = "Registre"};
    for (size_t i = 0; i < COUNT_OF(lefts); i++) {
        struct scene *map = scene_new(trial.arena, 200, 50, "Un.", "Deux.");
        const struct scene_text_style style = {
            .font = FONT_REGULAR, .size_pt = 8, .css = ""};
        scene_text(map, 100, 10, "droite", &style);
        scene_text(map, lefts[i], 40, "Note", &style);
        const struct scene *sheet =
            figure_sheet(trial.arena, trial.fonts, map, &caption, LANG_FR);
        CHECK_NEAR(scene_width(sheet), widths[i], 1e-12);
        CHECK_NEAR(scene_item(sheet, 1)->x_pt, 4, 1e-12);
        CHECK_NEAR(scene_item(sheet, 4)->x_pt, fmax(4, lefts[i]), 1e-12);
        CHECK_NEAR(scene_item(sheet, scene_count(sheet) - 2)->x_pt, 4, 1e-12);
    }
    trial_end(&trial);
}

TEST(two_figures_of_one_name_are_refused)
{
    struct trial trial;
    trial_start(&trial);
    trial.figures[1].id = "courbe";
    CHECK(!format_svg.write(&trial.job, &trial.err));
    CHECK_INT(trial.err.code, ERR_SCRIPT);
    CHECK_TEXT(trial.err.text,
               "document 'essai': two figures are called 'courbe'");
    trial_end(&trial);
}

/* Replaces the first `from` in the SVG of the curves. */
static void damage(struct trial *trial, const char *from, const char *to)
{
    const char *path = path_of(trial, "essai-courbe.svg");
    char *bytes;
    size_t size;
    CHECK(format_svg.write(&trial->job, &trial->err));
    CHECK(fs_read(trial->arena, path, &bytes, &size, &trial->err));
    char *at = strstr(bytes, from);
    CHECK(at != NULL);
    struct text changed = text_new(trial->arena);
    text_add_bytes(&changed, bytes, (size_t)(at - bytes));
    text_add(&changed, to);
    text_add(&changed, at + strlen(from));
    CHECK(fs_write(path, changed.at, changed.size, &trial->err));
}

TEST(a_changed_svg_is_noticed)
{
    static const struct {
        const char *from, *to, *id;
    } cases[] = {
        {">n.f.</text>", ">12,3</text>", "svg.text"},
        {">2014</text>", ">2015</text>", "svg.text"},
        {"<title>Femmes", "<desc>Femmes", "svg.broken"},
        {"<title>Hommes, 2010", "<x/><title>Hommes, 2010", ""},
        {"<title>Hommes</title>", "", "svg.titles"},
        {"</svg>", "", "svg.broken"},
        {"</svg>\n", "</svg><svg></svg>", "svg.broken"},
        {" class=\"grid\"", " class=grid", "svg.broken"},
        {"Femmes</text>", "Femmes</text><text>1</text>", "svg.text"},
        {"essai</text>", "essai</text><text>1</text>", "svg.broken"},
    };
    struct trial trial;
    trial_start(&trial);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct err err = {0};
        damage(&trial, cases[i].from, cases[i].to);
        bool ok = format_svg.verify(&trial.job, &err);
        CHECK_TEXT(err.id, cases[i].id);
        CHECK(ok == (cases[i].id[0] == '\0'));
    }
    trial_end(&trial);
}

TEST(a_text_lost_at_the_end_is_noticed)
{
    struct trial trial;
    trial_start(&trial);
    const char *path = path_of(&trial, "essai-courbe.svg");
    char *bytes;
    size_t size;
    CHECK(format_svg.write(&trial.job, &trial.err));
    CHECK(fs_read(trial.arena, path, &bytes, &size, &trial.err));
    char *last = bytes;
    for (char *at = bytes; (at = strstr(at, "<text ")); at++)
        last = at;
    char *rest = strstr(last, "</text>\n");
    memmove(last, rest + 8, strlen(rest + 8) + 1);
    CHECK(fs_write(path, bytes, strlen(bytes), &trial.err));
    CHECK(!format_svg.verify(&trial.job, &trial.err));
    CHECK_TEXT(trial.err.id, "svg.text");
    CHECK(strstr(trial.err.text, "is missing") != NULL);
    trial_end(&trial);
}

TEST(a_png_of_another_figure_is_noticed)
{
    struct trial trial;
    trial_start(&trial);
    CHECK(format_png.write(&trial.job, &trial.err));
    CHECK(fs_rename(path_of(&trial, "essai-barres.png"),
                    path_of(&trial, "essai-courbe.png"), &trial.err));
    CHECK(!format_png.verify(&trial.job, &trial.err));
    CHECK_INT(trial.err.code, ERR_DISAGREE);
    CHECK_TEXT(trial.err.id, "png.size");
    trial_end(&trial);
}

RUN(CASE(each_figure_with_a_picture_is_one_file_and_reads_back),
    CASE(files_carry_title_scope_unit_and_source),
    CASE(long_titles_wrap_and_a_unit_is_said_once),
    CASE(a_unit_that_begins_a_line_is_said),
    CASE(title_and_source_begin_where_the_drawing_s_lines_do),
    CASE(two_figures_of_one_name_are_refused), CASE(a_changed_svg_is_noticed),
    CASE(a_text_lost_at_the_end_is_noticed),
    CASE(a_png_of_another_figure_is_noticed))
