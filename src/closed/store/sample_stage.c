/* SPDX-License-Identifier: EUPL-1.2 */
/* Stage at diagnosis in the synthetic store: shares, not counts of persons. */
#include <math.h>
#include <string.h>

#include "store/sample_impl.h"

enum { STAGES = 5 };

static const char *const stages[STAGES][3] = {
    {"I", "Stade I", "Stage I"},
    {"II", "Stade II", "Stage II"},
    {"III", "Stade III", "Stage III"},
    {"IV", "Stade IV", "Stage IV"},
    {"X", "Stade inconnu", "Unknown stage"},
};

/* Shares in %, of the stages in order, adding up to 100: modelled on what
 * European registries publish. Leukaemias, myeloma and tumours of the brain
 * have no such stage; 0 where the classification of the site has not that
 * one. */
static const struct {
    const char *site;
    int share[STAGES];
} shares[] = {
    {"LBP", {19, 11, 14, 45, 11}}, {"LAR", {31, 15, 18, 27, 9}},
    {"OES", {11, 16, 30, 29, 14}}, {"EST", {18, 14, 20, 37, 11}},
    {"CRC", {21, 25, 26, 21, 7}},  {"FOI", {22, 18, 25, 19, 16}},
    {"PAN", {9, 17, 13, 49, 12}},  {"POU", {17, 8, 20, 50, 5}},
    {"MEL", {66, 17, 8, 3, 6}},    {"SEI", {43, 36, 10, 6, 5}},
    {"CUT", {42, 14, 23, 13, 8}},  {"CRU", {64, 8, 13, 8, 7}},
    {"OVA", {23, 8, 40, 22, 7}},   {"PRO", {37, 24, 15, 15, 9}},
    {"TES", {68, 16, 11, 0, 5}},   {"REI", {52, 9, 15, 17, 7}},
    {"VES", {36, 32, 11, 12, 9}},  {"THY", {76, 7, 8, 4, 5}},
    {"LH", {13, 40, 20, 22, 5}},   {"LNH", {18, 13, 17, 42, 10}},
};

bool sample_write_stage_codes(struct sampling *sampling, struct err *err)
{
    for (size_t s = 0; s < STAGES; s++) {
        if (!sample_row(sampling, "stratum", stages[s], err))
            return false;
    }
    return true;
}

/* Women are diagnosed a little earlier: so many points from IV to I. */
static int share_of(const struct sample_curve *curve, const int *share,
                    size_t stage)
{
    bool men = curve->sex == 'M';
    int moved = share[3] >= 8 && share[0] >= 8 ? 1 : 0;
    return share[stage] + (stage == 0   ? (men ? -moved : moved)
                           : stage == 3 ? (men ? moved : -moved)
                                        : 0);
}

static bool write_stage(struct sampling *sampling,
                        const struct sample_curve *curve, const int *share,
                        size_t stage, struct err *err)
{
    double value = share_of(curve, share, stage) / 100.0;
    double cases = sample_national_cases(curve, 0, SAMPLE_AGES - 1);
    double width = 1.96 * sqrt(value * (1 - value) / cases);
    struct sample_stored row = {
        .measure = "stage_share",
        .departement = NULL,
        .period = "",
        .sex = sample_sex(curve),
        .age = "",
        .site = curve->site,
        .stratum = stages[stage][0],
        .status = "",
        .grade = "",
        .value = 100 * value,
        .lower = 100 * (value > width ? value - width : 0),
        .upper = 100 * (value + width < 1 ? value + width : 1),
        .decimals = 1,
        .has_alive = false,
        .alive = 0,
    };
    return sample_stored(sampling, "estimate", &row, err);
}

bool sample_write_stages(struct sampling *sampling, struct err *err)
{
    for (size_t c = 0; c < sample_curve_count; c++) {
        const int *share = NULL;
        for (size_t s = 0; s < COUNT_OF(shares); s++) {
            if (strcmp(shares[s].site, sample_curves[c].site) == 0)
                share = shares[s].share;
        }
        for (size_t s = 0; share != NULL && s < STAGES; s++) {
            if (share[s] > 0 &&
                !write_stage(sampling, &sample_curves[c], share, s, err))
                return false;
        }
    }
    return true;
}
