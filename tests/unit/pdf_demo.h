/* SPDX-License-Identifier: EUPL-1.2 */
/* A document with every kind of block, for the tests of page and PDF. */
#ifndef TESTS_PDF_DEMO_H
#define TESTS_PDF_DEMO_H

#include <math.h>

#include "base/num.h"
#include "base/utf8.h"
#include "page/document.h"

struct demo {
    struct arena *arena;
    struct block *blocks;
    size_t count, capacity;
};

static struct runs demo_text(struct demo *demo, const char *text)
{
    struct run *run = arena_alloc(demo->arena, sizeof *run);
    run->text = locale_typography(demo->arena, LANG_FR, text);
    run->href = "";
    return (struct runs){.run = run, .count = 1};
}

static struct block *demo_block(struct demo *demo, enum block_kind kind)
{
    demo->blocks = arena_grow(demo->arena, demo->blocks, demo->count,
                              &demo->capacity, sizeof *demo->blocks);
    struct block *block = &demo->blocks[demo->count++];
    *block = (struct block){.kind = kind, .id = ""};
    return block;
}

static void demo_heading(struct demo *demo, int level, const char *id,
                         const char *text)
{
    struct block *block = demo_block(demo, BLOCK_HEADING);
    block->level = level;
    block->id = id;
    block->text = demo_text(demo, text);
}

static void demo_paragraph(struct demo *demo, const char *text)
{
    demo_block(demo, BLOCK_PARAGRAPH)->text = demo_text(demo, text);
}

static void demo_rich_paragraph(struct demo *demo)
{
    static const struct run run[] = {
        {.text = "Le taux d’incidence standardisé sur la population mondiale "
                 "atteint ",
         .href = ""},
        {.text = "354,9 pour 100\u202f000", .style = RUN_BOLD, .href = ""},
        {.text = " personnes-années chez l’homme au 1er janvier 2023, soit "
                 "le 2e rang",
         .href = ""},
        {.text = "1", .style = RUN_SUPERSCRIPT, .href = ""},
        {.text = "\u00a0; voir la ", .href = ""},
        {.text = "partie consacrée aux méthodes", .href = "#methodes"},
        {.text = " et le site de l’", .href = ""},
        {.text = "Institut national du cancer",
         .style = RUN_ITALIC,
         .href = "https://www.e-cancer.fr/"},
        {.text = ". L’Île-de-France, Œuilly, l’œsophage et « la Réunion » se "
                 "lisent sans faute.",
         .href = ""},
    };
    struct block *block = demo_block(demo, BLOCK_PARAGRAPH);
    block->text = (struct runs){run, COUNT_OF(run)};
}

static void demo_list(struct demo *demo)
{
    static const char *const texts[] = {
        "cancers du sein, premiers en nombre chez la femme ;",
        "cancers de la prostate, dont le nombre dépend beaucoup des pratiques "
        "de dépistage individuel et des transformations de la prise en charge "
        "observées depuis le milieu des années 2000 ;",
        "cancers du côlon et du rectum.",
    };
    struct block *block = demo_block(demo, BLOCK_LIST);
    struct runs *items =
        arena_array(demo->arena, COUNT_OF(texts), sizeof *items);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        items[i] = demo_text(demo, texts[i]);
    block->items = items;
    block->item_count = COUNT_OF(texts);
}

static void demo_key_figures(struct demo *demo, size_t count)
{
    static const struct key_figure figures[] = {
        {"433\u202f136", "nouveaux cas de cancer estimés en 2023",
         "57\u00a0% chez l’homme, 43\u00a0% chez la femme", "a"},
        {"162\u202f400", "décès par cancer en 2021", "", "b"},
        {"3,8\u00a0millions", "personnes vivant avec un antécédent de cancer",
         "prévalence totale au 1er janvier 2017", "c"},
        {"−2,1\u00a0%", "par an, évolution de la mortalité",
         "[IC95\u00a0%\u00a0: −2,4\u00a0; −1,8]", "d"},
        {"63\u00a0%", "survie nette à 5 ans", "2010-2015", "e"},
    };
    struct block *block = demo_block(demo, BLOCK_KEY_FIGURES);
    block->figures = figures;
    block->figure_count = count;
}

/* --- tables --------------------------------------------------------------- */

static const char *const demo_places[] = {
    "Ain",
    "Aisne",
    "Allier",
    "Alpes-de-Haute-Provence",
    "Hautes-Alpes",
    "Alpes-Maritimes",
    "Ardèche",
    "Ardennes",
    "Ariège",
    "Aube",
    "Aude",
    "Aveyron",
    "Bouches-du-Rhône",
    "Calvados",
    "Cantal",
    "Charente",
    "Charente-Maritime",
    "Cher",
    "Corrèze",
    "Corse-du-Sud",
    "Haute-Corse",
    "Côte-d’Or",
    "Côtes-d’Armor",
    "Creuse",
    "Dordogne",
    "Doubs",
    "Drôme",
    "Eure",
    "Eure-et-Loir",
    "Finistère",
    "Gard",
    "Haute-Garonne",
    "Gers",
    "Gironde",
    "Hérault",
    "Ille-et-Vilaine",
    "Indre",
    "Indre-et-Loire",
    "Isère",
    "Jura",
    "Landes",
    "Loir-et-Cher",
    "Loire",
    "Haute-Loire",
    "Loire-Atlantique",
    "Loiret",
    "Lot",
    "Territoire de Belfort",
    "Seine-Saint-Denis",
    "La Réunion",
};

static struct grid_cell demo_number(struct demo *demo, size_t seed,
                                    int decimals)
{
    struct grid_cell cell = {.number = true, .cell_id = "x", .text = ""};
    if (seed % 17 == 3) {
        cell.availability = CONFIDENTIAL;
    } else if (seed % 29 == 5) {
        cell.availability = UNRELIABLE;
    } else {
        cell.value = num_round((double)((seed * 7919) % 99991) /
                                   (decimals > 0 ? 97.0 : 7.0),
                               decimals);
        cell.flags = seed % 23 == 7 ? FLAG_CAUTION : 0;
        cell.text = num_format(demo->arena, LANG_FR, cell.value, decimals);
        return cell;
    }
    cell.text = availability_sign(LANG_FR, cell.availability);
    return cell;
}

/* Places in rows; `measures` pairs of count and rate in columns. */
static struct grid *demo_grid(struct demo *demo, const char *id, size_t rows,
                              size_t measures)
{
    static const struct grid_column head = {
        "place", "Département", "", "", ALIGN_LEFT, 0, true, 0};
    static const struct grid_column kinds[2] = {
        {"count", "Nombre annuel moyen de nouveaux cas", "", "", ALIGN_RIGHT, 0,
         false, 0},
        {"rate", "Taux standardisé (Monde)", "pour 100\u202f000", "",
         ALIGN_RIGHT, 1, false, 0},
    };
    struct grid *grid = arena_alloc(demo->arena, sizeof *grid);
    size_t columns = 1 + 2 * measures;
    struct grid_column *column =
        arena_array(demo->arena, columns, sizeof *column);
    struct grid_cell *cells =
        arena_array(demo->arena, rows * columns, sizeof *cells);
    unsigned char *emphasis = arena_alloc(demo->arena, rows);
    column[0] = head;
    for (size_t i = 1; i < columns; i++)
        column[i] = kinds[(i - 1) % 2];
    for (size_t row = 0; row < rows; row++) {
        const char *place = demo_places[row % COUNT_OF(demo_places)];
        emphasis[row] = row % 25 == 24;
        cells[row * columns] = (struct grid_cell){
            .text = emphasis[row] ? "France hexagonale et outre-mer" : place,
            .cell_id = "",
        };
        for (size_t i = 1; i < columns; i++)
            cells[row * columns + i] =
                demo_number(demo, row * columns + i, column[i].decimals);
    }
    *grid = (struct grid){id, column, columns, cells, rows, emphasis};
    return grid;
}

static void demo_table(struct demo *demo, const char *id, const char *title,
                       size_t rows, size_t measures)
{
    struct block *block = demo_block(demo, BLOCK_TABLE);
    block->id = id;
    block->grid = demo_grid(demo, id, rows, measures);
    block->caption = (struct caption){
        .title = title,
        .unit = "nombre et taux pour 100\u202f000 personnes-années",
        .scope = "France, personnes de tous âges, 2019-2023.",
        .reading = "dans l’Ain, 1\u202f131 nouveaux cas par an en moyenne ont "
                   "été observés au cours de la période 2019-2023.",
        .note = "",
        .source = "registre national des cancers, données de démonstration.",
    };
}

/* A table of one row, whose texts repeat a sentence so many times each. */
static inline struct grid_cell *demo_high_row(struct demo *demo, int times,
                                              int more_times)
{
    static const struct grid_column columns[] = {
        {.id = "a", .heading = "Nom", .unit = "", .header = true},
        {.id = "b", .heading = "Texte", .unit = ""},
        {.id = "c", .heading = "Autre texte", .unit = ""},
    };
    struct grid *grid = arena_alloc(demo->arena, sizeof *grid);
    struct grid_cell *cells = arena_array(demo->arena, 3, sizeof *cells);
    const int repeats[] = {1, times, more_times};
    for (size_t c = 0; c < 3; c++) {
        struct text text = text_new(demo->arena);
        for (int i = 0; i < repeats[c]; i++)
            text_format(&text, "%sla phrase %d de la case", i > 0 ? ", " : "",
                        i);
        cells[c] = (struct grid_cell){.text = text.at, .cell_id = ""};
    }
    *grid = (struct grid){
        .id = "haut",
        .columns = columns,
        .column_count = 3,
        .cells = cells,
        .rows = 1,
    };
    struct block *block = demo_block(demo, BLOCK_TABLE);
    block->grid = grid;
    block->caption.title = "Un titre";
    return cells;
}

/* --- figures -------------------------------------------------------------- */

static void demo_area(struct scene *scene, double x, double y, double size,
                      uint32_t fill, enum scene_pattern pattern)
{
    struct scene_paint paint = {
        .filled = true,
        .fill = fill,
        .pattern = pattern,
        .ink = 0x333333,
        .stroked = true,
        .stroke = 0xFFFFFF,
        .width_pt = 0.6,
    };
    for (int i = 0; i < 9; i++) {
        double angle = i * 2 * 3.14159265358979 / 9;
        double radius = size * (i % 2 == 0 ? 1 : 0.82);
        double px = x + radius * cos(angle);
        double py = y + radius * sin(angle);
        if (i == 0)
            scene_move(scene, px, py);
        else
            scene_line(scene, px, py);
    }
    scene_close(scene);
    scene_paint(scene, &paint);
}

static struct scene *demo_scene(struct demo *demo, double width, double height)
{
    static const uint32_t colours[] = {0xDEEBF7, 0x9ECAE1, 0x4292C6, 0x08519C};
    struct scene *scene = scene_new(
        demo->arena, width, height, "Carte de démonstration, six zones.",
        "Valeurs de 12,5 (Ain) à 98,7 (Œuilly) pour 100\u202f000.");
    for (int i = 0; i < 12; i++) {
        double x = width * (0.15 + 0.23 * (i % 4));
        double y = height * (0.2 + 0.3 * (double)(i / 4));
        demo_area(scene, x, y, fmin(width, height) * 0.14, colours[i % 4],
                  i >= 8 ? (enum scene_pattern)(i - 8 + 1) : PATTERN_NONE);
    }
    struct scene_paint band = {
        .filled = true, .fill = 0xC1272D, .opacity = 0.25};
    scene_rectangle(scene, 0, height - 14, width / 2, 10, &band);
    struct scene_paint dashed = {
        .stroked = true, .stroke = 0x222222, .width_pt = 0.8, .dash_pt = 3};
    scene_segment(scene, 0, height - 2, width, height - 2, &dashed);
    struct scene_text_style style = {.font = FONT_REGULAR,
                                     .size_pt = 7,
                                     .anchor = ANCHOR_MIDDLE,
                                     .colour = 0x222222};
    scene_text(scene, width / 2, height * 0.98 - 8,
               "Échelle : 12,5 – 98,7 (≥ 100)", &style);
    style.angle_degrees = -90;
    scene_text(scene, 8, height / 2, "axe tourné", &style);
    return scene;
}

static void demo_fill_figure(struct demo *demo, struct block *block,
                             const char *id, double width, double height)
{
    struct figure *figure = arena_alloc(demo->arena, sizeof *figure);
    figure->id = id;
    figure->scene = demo_scene(demo, width, height);
    figure->words = "";
    block->kind = BLOCK_FIGURE;
    block->id = "";
    block->figure = figure;
    block->caption = (struct caption){
        .title = "Incidence des cancers par département, deux sexes, 2019-2023",
        .unit = "",
        .scope = "France.",
        .reading = "les hachures serrées signalent le secret statistique.",
        .note = "",
        .source = "registre national des cancers, données de démonstration.",
    };
}

static void demo_figures(struct demo *demo)
{
    demo_fill_figure(demo, demo_block(demo, BLOCK_FIGURE), "carte", 620, 330);
    struct block *pair = demo_block(demo, BLOCK_COLUMNS);
    struct block *children = arena_array(demo->arena, 2, sizeof *children);
    demo_fill_figure(demo, &children[0], "gauche", 240, 170);
    demo_fill_figure(demo, &children[1], "droite", 240, 150);
    pair->children = children;
    pair->child_count = 2;

    struct block *absent = demo_block(demo, BLOCK_FIGURE);
    demo_fill_figure(demo, absent, "absente", 100, 100);
    struct figure *figure = arena_alloc(demo->arena, sizeof *figure);
    figure->id = "absente";
    figure->words = "La figure n’est pas affichée : les contours de ce niveau "
                    "géographique ne sont pas disponibles.";
    absent->figure = figure;
}

/* --- the document --------------------------------------------------------- */

static const char demo_prose[] =
    "La surveillance épidémiologique des cancers repose sur "
    "l’enregistrement systématique et l’interprétation prudente de données "
    "incomplètes : la couverture territoriale est progressive, et les "
    "indicateurs ne sont publiés que lorsque leur précision le permet. "
    "Entre 2019-2023, 433\u202f136 nouveaux cas ont été estimés ; l’intervalle "
    "de confiance à 95 % va de 431\u202f000 à 435\u202f200. Les comparaisons "
    "entre territoires tiennent compte de la structure par âge grâce à la "
    "standardisation directe, dont la population de référence est la "
    "population mondiale.";

static void demo_chapter(struct demo *demo)
{
    demo_heading(demo, 1, "incidence", "L’incidence des cancers en France");
    demo_key_figures(demo, 4);
    demo_paragraph(demo, demo_prose);
    demo_rich_paragraph(demo);
    demo_list(demo);
    demo_block(demo, BLOCK_NOTE)->text = demo_text(
        demo, "À noter : une valeur couverte par le secret statistique n’est "
              "publiée sous aucune forme, ni dans le texte, ni dans les "
              "fichiers de données ouvertes, ni dans la description des "
              "figures.");
    demo_heading(demo, 2, "", "Les départements");
    demo_paragraph(demo, demo_prose);
    demo_figures(demo);
    demo_heading(demo, 3, "", "Détail");
    demo_table(demo, "court", "Incidence des cancers, choix de départements", 6,
               2);
}

static void demo_annex(struct demo *demo)
{
    demo_heading(demo, 1, "methodes", "Méthodes et tableaux");
    for (int i = 0; i < 6; i++)
        demo_paragraph(demo, demo_prose);
    demo_key_figures(demo, 5);
    demo_heading(demo, 2, "", "Tableau long");
    demo_table(demo, "long",
               "Incidence des cancers par département, deux sexes, tous âges",
               140, 3);
    demo_block(demo, BLOCK_PAGE_BREAK);
    demo_heading(demo, 2, "", "Tableau large");
    demo_table(demo, "large", "Incidence par localisation, tous les sexes", 30,
               9);
    demo_heading(demo, 4, "", "Pour finir");
    demo_paragraph(demo, demo_prose);
}

static const struct edition *demo_edition(struct arena *arena)
{
    struct project *project = arena_alloc(arena, sizeof *project);
    project->title[LANG_FR] = "Les cancers en France, édition de démonstration";
    project->title[LANG_EN] = "Cancer in France, demonstration";
    project->publisher[LANG_FR] = project->publisher[LANG_EN] =
        "Registre national des cancers";
    project->date = "2027-01-15";
    project->id = "demo-2027";
    project->licence[LANG_FR] = project->licence[LANG_EN] =
        "Licence Ouverte 2.0";
    project->contact[LANG_FR] = project->contact[LANG_EN] =
        "contact@registre.example";
    struct edition *edition = arena_alloc(arena, sizeof *edition);
    edition->project = project;
    edition->snapshot = "S7K2-99QD";
    edition->version = "0.1";
    return edition;
}

static struct document *demo_document(struct arena *arena, struct demo *demo,
                                      const char *name, const char *title)
{
    struct document *document = arena_alloc(arena, sizeof *document);
    *document = (struct document){
        .name = name,
        .directory = "rapports",
        .lang = LANG_FR,
        .title = title,
        .subtitle = "Incidence, mortalité, survie et prévalence",
        .description = "Document de démonstration du moteur de pages.",
        .edition = demo_edition(arena),
        .blocks = demo->blocks,
        .block_count = demo->count,
    };
    return document;
}

static void demo_cover(struct demo *demo)
{
    struct block *cover = demo_block(demo, BLOCK_COVER);
    struct runs *items = arena_array(demo->arena, 2, sizeof *items);
    items[0] = demo_text(demo, "Période 2019-2023");
    items[1] = demo_text(demo, "Données de démonstration");
    cover->items = items;
    cover->item_count = 2;
}

/* A report: cover, contents, chapters. */
static inline struct document *demo_report(struct arena *arena)
{
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    demo_block(&demo, BLOCK_CONTENTS);
    demo_chapter(&demo);
    demo_annex(&demo);
    return demo_document(arena, &demo, "rapport",
                         "Rapport annuel sur les cancers en France");
}

/* A profile: no contents, so a band instead of a cover. */
static inline struct document *demo_profile(struct arena *arena)
{
    struct demo demo = {.arena = arena};
    demo_cover(&demo);
    demo_heading(&demo, 2, "", "L’essentiel");
    demo_key_figures(&demo, 4);
    demo_paragraph(&demo, demo_prose);
    struct block *pair = demo_block(&demo, BLOCK_COLUMNS);
    struct block *children = arena_array(arena, 2, sizeof *children);
    demo_fill_figure(&demo, &children[0], "gauche", 240, 190);
    demo_fill_figure(&demo, &children[1], "droite", 240, 190);
    pair->children = children;
    pair->child_count = 2;
    demo_heading(&demo, 2, "", "Principales localisations");
    demo_table(&demo, "sites", "Nouveaux cas et taux par localisation", 18, 2);
    demo_heading(&demo, 2, "", "Mortalité");
    demo_paragraph(&demo, demo_prose);
    demo_table(&demo, "deces", "Décès et taux par localisation", 14, 2);
    return demo_document(arena, &demo, "profil",
                         "Les cancers dans le Finistère");
}

#endif
