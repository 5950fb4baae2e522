/* SPDX-License-Identifier: EUPL-1.2 */
#include "check.h"

#include "base/csv.h"
#include "model/place.h"

/* Names as the Code officiel géographique 2026 writes them (straight
 * apostrophes), and the forms that French readers expect: usage for "en" and
 * "dans", the COG's TNCC field for the genitive. */
/* clang-format off */
static const struct {
    const char *level, *code, *name, *in, *of;
} places[] = {
    {"region", "01", "Guadeloupe", "en Guadeloupe", "de la Guadeloupe"},
    {"region", "02", "Martinique", "en Martinique", "de la Martinique"},
    {"region", "03", "Guyane", "en Guyane", "de la Guyane"},
    {"region", "04", "La Réunion", "à La Réunion", "de La Réunion"},
    {"region", "06", "Mayotte", "à Mayotte", "de Mayotte"},
    {"region", "11", "Île-de-France", "en Île-de-France", "d’Île-de-France"},
    {"region", "24", "Centre-Val de Loire", "en Centre-Val de Loire",
     "du Centre-Val de Loire"},
    {"region", "27", "Bourgogne-Franche-Comté", "en Bourgogne-Franche-Comté",
     "de Bourgogne-Franche-Comté"},
    {"region", "28", "Normandie", "en Normandie", "de Normandie"},
    {"region", "32", "Hauts-de-France", "dans les Hauts-de-France",
     "des Hauts-de-France"},
    {"region", "44", "Grand Est", "dans le Grand Est", "du Grand Est"},
    {"region", "52", "Pays de la Loire", "dans les Pays de la Loire",
     "des Pays de la Loire"},
    {"region", "53", "Bretagne", "en Bretagne", "de Bretagne"},
    {"region", "75", "Nouvelle-Aquitaine", "en Nouvelle-Aquitaine",
     "de la Nouvelle-Aquitaine"},
    {"region", "76", "Occitanie", "en Occitanie", "d’Occitanie"},
    {"region", "84", "Auvergne-Rhône-Alpes", "en Auvergne-Rhône-Alpes",
     "d’Auvergne-Rhône-Alpes"},
    {"region", "93", "Provence-Alpes-Côte d'Azur",
     "en Provence-Alpes-Côte d’Azur",
     "de Provence-Alpes-Côte d’Azur"},
    {"region", "94", "Corse", "en Corse", "de Corse"},
    {"departement", "01", "Ain", "dans l’Ain", "de l’Ain"},
    {"departement", "02", "Aisne", "dans l’Aisne", "de l’Aisne"},
    {"departement", "03", "Allier", "dans l’Allier", "de l’Allier"},
    {"departement", "04", "Alpes-de-Haute-Provence",
     "dans les Alpes-de-Haute-Provence",
     "des Alpes-de-Haute-Provence"},
    {"departement", "05", "Hautes-Alpes", "dans les Hautes-Alpes",
     "des Hautes-Alpes"},
    {"departement", "06", "Alpes-Maritimes", "dans les Alpes-Maritimes",
     "des Alpes-Maritimes"},
    {"departement", "07", "Ardèche", "en Ardèche", "de l’Ardèche"},
    {"departement", "08", "Ardennes", "dans les Ardennes", "des Ardennes"},
    {"departement", "09", "Ariège", "en Ariège", "de l’Ariège"},
    {"departement", "10", "Aube", "dans l’Aube", "de l’Aube"},
    {"departement", "11", "Aude", "dans l’Aude", "de l’Aude"},
    {"departement", "12", "Aveyron", "dans l’Aveyron", "de l’Aveyron"},
    {"departement", "13", "Bouches-du-Rhône", "dans les Bouches-du-Rhône",
     "des Bouches-du-Rhône"},
    {"departement", "14", "Calvados", "dans le Calvados", "du Calvados"},
    {"departement", "15", "Cantal", "dans le Cantal", "du Cantal"},
    {"departement", "16", "Charente", "en Charente", "de la Charente"},
    {"departement", "17", "Charente-Maritime", "en Charente-Maritime",
     "de la Charente-Maritime"},
    {"departement", "18", "Cher", "dans le Cher", "du Cher"},
    {"departement", "19", "Corrèze", "en Corrèze", "de la Corrèze"},
    {"departement", "21", "Côte-d'Or", "en Côte-d’Or", "de la Côte-d’Or"},
    {"departement", "22", "Côtes-d'Armor", "dans les Côtes-d’Armor",
     "des Côtes-d’Armor"},
    {"departement", "23", "Creuse", "en Creuse", "de la Creuse"},
    {"departement", "24", "Dordogne", "en Dordogne", "de la Dordogne"},
    {"departement", "25", "Doubs", "dans le Doubs", "du Doubs"},
    {"departement", "26", "Drôme", "dans la Drôme", "de la Drôme"},
    {"departement", "27", "Eure", "dans l’Eure", "de l’Eure"},
    {"departement", "28", "Eure-et-Loir", "en Eure-et-Loir", "d’Eure-et-Loir"},
    {"departement", "29", "Finistère", "dans le Finistère", "du Finistère"},
    {"departement", "2A", "Corse-du-Sud", "en Corse-du-Sud",
     "de la Corse-du-Sud"},
    {"departement", "2B", "Haute-Corse", "en Haute-Corse",
     "de la Haute-Corse"},
    {"departement", "30", "Gard", "dans le Gard", "du Gard"},
    {"departement", "31", "Haute-Garonne", "en Haute-Garonne",
     "de la Haute-Garonne"},
    {"departement", "32", "Gers", "dans le Gers", "du Gers"},
    {"departement", "33", "Gironde", "en Gironde", "de la Gironde"},
    {"departement", "34", "Hérault", "dans l’Hérault", "de l’Hérault"},
    {"departement", "35", "Ille-et-Vilaine", "en Ille-et-Vilaine",
     "d’Ille-et-Vilaine"},
    {"departement", "36", "Indre", "dans l’Indre", "de l’Indre"},
    {"departement", "37", "Indre-et-Loire", "en Indre-et-Loire",
     "d’Indre-et-Loire"},
    {"departement", "38", "Isère", "en Isère", "de l’Isère"},
    {"departement", "39", "Jura", "dans le Jura", "du Jura"},
    {"departement", "40", "Landes", "dans les Landes", "des Landes"},
    {"departement", "41", "Loir-et-Cher", "en Loir-et-Cher",
     "de Loir-et-Cher"},
    {"departement", "42", "Loire", "dans la Loire", "de la Loire"},
    {"departement", "43", "Haute-Loire", "en Haute-Loire",
     "de la Haute-Loire"},
    {"departement", "44", "Loire-Atlantique", "en Loire-Atlantique",
     "de la Loire-Atlantique"},
    {"departement", "45", "Loiret", "dans le Loiret", "du Loiret"},
    {"departement", "46", "Lot", "dans le Lot", "du Lot"},
    {"departement", "47", "Lot-et-Garonne", "en Lot-et-Garonne",
     "de Lot-et-Garonne"},
    {"departement", "48", "Lozère", "en Lozère", "de la Lozère"},
    {"departement", "49", "Maine-et-Loire", "en Maine-et-Loire",
     "de Maine-et-Loire"},
    {"departement", "50", "Manche", "dans la Manche", "de la Manche"},
    {"departement", "51", "Marne", "dans la Marne", "de la Marne"},
    {"departement", "52", "Haute-Marne", "en Haute-Marne",
     "de la Haute-Marne"},
    {"departement", "53", "Mayenne", "en Mayenne", "de la Mayenne"},
    {"departement", "54", "Meurthe-et-Moselle", "en Meurthe-et-Moselle",
     "de Meurthe-et-Moselle"},
    {"departement", "55", "Meuse", "dans la Meuse", "de la Meuse"},
    {"departement", "56", "Morbihan", "dans le Morbihan", "du Morbihan"},
    {"departement", "57", "Moselle", "en Moselle", "de la Moselle"},
    {"departement", "58", "Nièvre", "dans la Nièvre", "de la Nièvre"},
    {"departement", "59", "Nord", "dans le Nord", "du Nord"},
    {"departement", "60", "Oise", "dans l’Oise", "de l’Oise"},
    {"departement", "61", "Orne", "dans l’Orne", "de l’Orne"},
    {"departement", "62", "Pas-de-Calais", "dans le Pas-de-Calais",
     "du Pas-de-Calais"},
    {"departement", "63", "Puy-de-Dôme", "dans le Puy-de-Dôme",
     "du Puy-de-Dôme"},
    {"departement", "64", "Pyrénées-Atlantiques",
     "dans les Pyrénées-Atlantiques",
     "des Pyrénées-Atlantiques"},
    {"departement", "65", "Hautes-Pyrénées", "dans les Hautes-Pyrénées",
     "des Hautes-Pyrénées"},
    {"departement", "66", "Pyrénées-Orientales",
     "dans les Pyrénées-Orientales",
     "des Pyrénées-Orientales"},
    {"departement", "67", "Bas-Rhin", "dans le Bas-Rhin", "du Bas-Rhin"},
    {"departement", "68", "Haut-Rhin", "dans le Haut-Rhin", "du Haut-Rhin"},
    {"departement", "69", "Rhône", "dans le Rhône", "du Rhône"},
    {"departement", "70", "Haute-Saône", "en Haute-Saône",
     "de la Haute-Saône"},
    {"departement", "71", "Saône-et-Loire", "en Saône-et-Loire",
     "de Saône-et-Loire"},
    {"departement", "72", "Sarthe", "dans la Sarthe", "de la Sarthe"},
    {"departement", "73", "Savoie", "en Savoie", "de la Savoie"},
    {"departement", "74", "Haute-Savoie", "en Haute-Savoie",
     "de la Haute-Savoie"},
    {"departement", "75", "Paris", "à Paris", "de Paris"},
    {"departement", "76", "Seine-Maritime", "en Seine-Maritime",
     "de la Seine-Maritime"},
    {"departement", "77", "Seine-et-Marne", "en Seine-et-Marne",
     "de Seine-et-Marne"},
    {"departement", "78", "Yvelines", "dans les Yvelines", "des Yvelines"},
    {"departement", "79", "Deux-Sèvres", "dans les Deux-Sèvres",
     "des Deux-Sèvres"},
    {"departement", "80", "Somme", "dans la Somme", "de la Somme"},
    {"departement", "81", "Tarn", "dans le Tarn", "du Tarn"},
    {"departement", "82", "Tarn-et-Garonne", "en Tarn-et-Garonne",
     "de Tarn-et-Garonne"},
    {"departement", "83", "Var", "dans le Var", "du Var"},
    {"departement", "84", "Vaucluse", "dans le Vaucluse", "de Vaucluse"},
    {"departement", "85", "Vendée", "en Vendée", "de la Vendée"},
    {"departement", "86", "Vienne", "dans la Vienne", "de la Vienne"},
    {"departement", "87", "Haute-Vienne", "en Haute-Vienne",
     "de la Haute-Vienne"},
    {"departement", "88", "Vosges", "dans les Vosges", "des Vosges"},
    {"departement", "89", "Yonne", "dans l’Yonne", "de l’Yonne"},
    {"departement", "90", "Territoire de Belfort",
     "dans le Territoire de Belfort",
     "du Territoire de Belfort"},
    {"departement", "91", "Essonne", "dans l’Essonne", "de l’Essonne"},
    {"departement", "92", "Hauts-de-Seine", "dans les Hauts-de-Seine",
     "des Hauts-de-Seine"},
    {"departement", "93", "Seine-Saint-Denis", "en Seine-Saint-Denis",
     "de la Seine-Saint-Denis"},
    {"departement", "94", "Val-de-Marne", "dans le Val-de-Marne",
     "du Val-de-Marne"},
    {"departement", "95", "Val-d'Oise", "dans le Val-d’Oise", "du Val-d’Oise"},
    {"departement", "971", "Guadeloupe", "en Guadeloupe", "de la Guadeloupe"},
    {"departement", "972", "Martinique", "en Martinique", "de la Martinique"},
    {"departement", "973", "Guyane", "en Guyane", "de la Guyane"},
    {"departement", "974", "La Réunion", "à La Réunion", "de La Réunion"},
    {"departement", "976", "Mayotte", "à Mayotte", "de Mayotte"},
};
/* clang-format on */

#define ARTICLES "lua-scripts/lib/articles_fr.csv"

/* The article of a territory in the project's list. */
static const char *article_of(struct arena *arena, const char *level,
                              const char *code)
{
    struct csv *csv = NULL;
    struct err err = {0};
    bool more = false;
    const char *article = NULL;
    CHECK(csv_open(arena, ARTICLES, &csv, &err));
    CHECK_INT(csv_columns(csv), 3);
    while (csv_next(csv, &more, &err) && more) {
        if (text_same(csv_field(csv, 0), level) &&
            text_same(csv_field(csv, 1), code))
            article = arena_text(arena, csv_field(csv, 2));
    }
    CHECK_INT(err.code, ERR_NONE);
    csv_close(csv);
    return article;
}

TEST(every_region_and_departement_is_written_as_french_does)
{
    struct arena *arena = arena_new();
    CHECK_INT(COUNT_OF(places), 18 + 101);
    for (size_t p = 0; p < COUNT_OF(places); p++) {
        const char *article =
            article_of(arena, places[p].level, places[p].code);
        if (!article)
            print_error("%s %s has no article\n", places[p].level,
                        places[p].code);
        assert_non_null(article);
        struct node node = {.label = {places[p].name, places[p].name},
                            .article = article};
        CHECK_TEXT(place_in(arena, LANG_FR, &node), places[p].in);
        CHECK_TEXT(place_of(arena, LANG_FR, &node), places[p].of);
    }
    arena_free(arena);
}

TEST(the_list_of_articles_holds_each_territory_once)
{
    struct arena *arena = arena_new();
    struct csv *csv = NULL;
    struct err err = {0};
    bool more = true;
    size_t rows = 0;
    CHECK(csv_open(arena, ARTICLES, &csv, &err));
    while (csv_next(csv, &more, &err) && more)
        rows++;
    csv_close(csv);
    CHECK_INT(rows, COUNT_OF(places));
    arena_free(arena);
}

TEST(places_without_article_follow_the_plain_rule)
{
    static const struct {
        const char *name, *in, *of;
    } cases[] = {
        {"Brest", "à Brest", "de Brest"},
        {"Angers", "à Angers", "d’Angers"},
        {"Évreux", "à Évreux", "d’Évreux"},
        {"Yvetot", "à Yvetot", "d’Yvetot"},
        {"Yaoundé", "à Yaoundé", "de Yaoundé"},
        {"Hyères", "à Hyères", "d’Hyères"},
        {"Hautmont", "à Hautmont", "de Hautmont"},
        {"Œting", "à Œting", "d’Œting"},
        {"Le Havre", "au Havre", "du Havre"},
        {"Les Ulis", "aux Ulis", "des Ulis"},
        {"La Rochelle", "à La Rochelle", "de La Rochelle"},
        {"Lens", "à Lens", "de Lens"},
        {"L'Haÿ-les-Roses", "à L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"},
    };
    struct arena *arena = arena_new();
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        struct node node = {.label = {cases[c].name, cases[c].name},
                            .article = ""};
        CHECK_TEXT(place_in(arena, LANG_FR, &node), cases[c].in);
        CHECK_TEXT(place_of(arena, LANG_FR, &node), cases[c].of);
    }
    arena_free(arena);
}

TEST(english_says_in_and_of)
{
    struct arena *arena = arena_new();
    struct node node = {.label = {"Côte-d'Or", "Côte-d'Or"},
                        .article = "en |de la "};
    CHECK_TEXT(place_in(arena, LANG_EN, &node), "in Côte-d’Or");
    CHECK_TEXT(place_of(arena, LANG_EN, &node), "of Côte-d’Or");
    CHECK_TEXT(place_name(arena, LANG_FR, &node), "Côte-d’Or");
    arena_free(arena);
}

TEST(an_article_may_carry_straight_apostrophes)
{
    struct arena *arena = arena_new();
    struct node node = {.label = {"Ain", "Ain"}, .article = "dans l'|de l'"};
    CHECK_TEXT(place_in(arena, LANG_FR, &node), "dans l’Ain");
    CHECK_TEXT(place_of(arena, LANG_FR, &node), "de l’Ain");
    arena_free(arena);
}

TEST(words_for_levels_come_from_the_registry)
{
    struct pair pairs[] = {{"level.region.fr", "région"},
                           {"level.region.en", "region"}};
    struct codes codes = {.registry = pairs, .registry_count = 2};
    CHECK_TEXT(place_level(&codes, LANG_FR, "region"), "région");
    CHECK_TEXT(place_level(&codes, LANG_EN, "region"), "region");
    CHECK_TEXT(place_level(&codes, LANG_FR, "board"), "board");
}

RUN(CASE(every_region_and_departement_is_written_as_french_does),
    CASE(the_list_of_articles_holds_each_territory_once),
    CASE(places_without_article_follow_the_plain_rule),
    CASE(english_says_in_and_of),
    CASE(an_article_may_carry_straight_apostrophes),
    CASE(words_for_levels_come_from_the_registry))
