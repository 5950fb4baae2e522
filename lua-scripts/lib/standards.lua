-- SPDX-License-Identifier: EUPL-1.2
-- standards.lua - standard populations, as data.
--
-- A standard is a code (it names the columns: asr_world), labels, where the
-- figures come from, their declared total, and bands {first age, last age,
-- weight} from 0 to the open-ended one (-1). The program refuses a standard
-- whose bands leave a gap or whose weights do not sum to the total. Each band
-- must be a sum of age classes of the store.
return {
    {
        code = "world",
        label = {fr = "Monde (Segi-Doll)", en = "World (Segi-Doll)"},
        source = "Doll R., Payne P., Waterhouse J. (eds), Cancer \z
            Incidence in Five Continents, UICC, 1966 (Segi M., 1960)",
        total = 100000,
        bands = {
            {0, 4, 12000}, {5, 9, 10000}, {10, 14, 9000},
            {15, 19, 9000}, {20, 24, 8000}, {25, 29, 8000},
            {30, 34, 6000}, {35, 39, 6000}, {40, 44, 6000},
            {45, 49, 6000}, {50, 54, 5000}, {55, 59, 4000},
            {60, 64, 4000}, {65, 69, 3000}, {70, 74, 2000},
            {75, 79, 1000}, {80, 84, 500}, {85, -1, 500},
        },
    },
    {
        -- Eurostat defines 21 groups (0, 1-4, 5-9 ... 90-94, 95+). Here the
        -- first two are one (1000 + 4000) and the last three are 85+
        -- (1500 + 800 + 200): the 18 classes of the store.
        code = "esp2013",
        label = {fr = "Europe 2013", en = "Europe 2013"},
        source = "Eurostat, Revision of the European Standard Population, 2013",
        total = 100000,
        bands = {
            {0, 4, 5000}, {5, 9, 5500}, {10, 14, 5500},
            {15, 19, 5500}, {20, 24, 6000}, {25, 29, 6000},
            {30, 34, 6500}, {35, 39, 7000}, {40, 44, 7000},
            {45, 49, 7000}, {50, 54, 7000}, {55, 59, 6500},
            {60, 64, 6000}, {65, 69, 5500}, {70, 74, 5000},
            {75, 79, 4000}, {80, 84, 2500}, {85, -1, 2500},
        },
    },
    {
        code = "esp1976",
        label = {fr = "Europe 1976", en = "Europe 1976"},
        source = "Waterhouse J. et al. (eds), Cancer Incidence in Five \z
            Continents, vol. III, IARC, 1976",
        total = 100000,
        bands = {
            {0, 4, 8000}, {5, 9, 7000}, {10, 14, 7000},
            {15, 19, 7000}, {20, 24, 7000}, {25, 29, 7000},
            {30, 34, 7000}, {35, 39, 7000}, {40, 44, 7000},
            {45, 49, 7000}, {50, 54, 7000}, {55, 59, 6000},
            {60, 64, 5000}, {65, 69, 4000}, {70, 74, 3000},
            {75, 79, 2000}, {80, 84, 1000}, {85, -1, 1000},
        },
    },
    {
        code = "who2000",
        label = {fr = "Monde OMS 2000-2025", en = "WHO World 2000-2025"},
        source = "Ahmad O. et al., Age standardization of rates: a new WHO \z
            standard, GPE discussion paper 31, WHO, 2001; weights per \z
            million as used by SEER",
        total = 1000000,
        bands = {
            {0, 4, 88569}, {5, 9, 86870}, {10, 14, 85970},
            {15, 19, 84670}, {20, 24, 82171}, {25, 29, 79272},
            {30, 34, 76073}, {35, 39, 71475}, {40, 44, 65877},
            {45, 49, 60379}, {50, 54, 53681}, {55, 59, 45484},
            {60, 64, 37187}, {65, 69, 29590}, {70, 74, 22092},
            {75, 79, 15195}, {80, 84, 9097}, {85, -1, 6348},
        },
    },
    {
        -- The census bureau has under 1 (13818) and 1-4 (55317).
        code = "us2000",
        label = {fr = "États-Unis 2000", en = "United States 2000"},
        source = "Klein R., Schoenborn C., Age adjustment using the 2000 \z
            projected U.S. population, Statistical Notes 20, NCHS, 2001; \z
            weights per million as used by SEER",
        total = 1000000,
        bands = {
            {0, 4, 69135}, {5, 9, 72533}, {10, 14, 73032},
            {15, 19, 72169}, {20, 24, 66478}, {25, 29, 64529},
            {30, 34, 71044}, {35, 39, 80762}, {40, 44, 81851},
            {45, 49, 72118}, {50, 54, 62716}, {55, 59, 48454},
            {60, 64, 38793}, {65, 69, 34264}, {70, 74, 31773},
            {75, 79, 26999}, {80, 84, 17842}, {85, -1, 15508},
        },
    },
    {
        -- The international cancer survival standards: patients, not people, so
        -- for survival only. From 15 years; in the five classes 15-44, 45-54,
        -- 55-64, 65-74 and 75+ the weights are 7, 12, 23, 29 and 29 %.
        code = "icss1",
        label = {
            fr = "Survie : ICSS 1, pour les cancers dont la fréquence augmente avec l’âge",
            en = "Survival: ICSS 1, for cancers whose incidence rises with age",
        },
        source = "Corazziari I., Quinn M., Capocaccia R., Standard cancer \z
            patient population for age standardising survival ratios, \z
            European Journal of Cancer, 2004",
        total = 100000,
        bands = {
            {0, 14, 0}, {15, 19, 164}, {20, 24, 215},
            {25, 29, 416}, {30, 34, 842}, {35, 39, 1874},
            {40, 44, 3489}, {45, 49, 4906}, {50, 54, 7094},
            {55, 59, 9641}, {60, 64, 13359}, {65, 69, 14234},
            {70, 74, 14766}, {75, 79, 14131}, {80, 84, 9347},
            {85, -1, 5522},
        },
    },
    {
        -- In the same classes: 28, 17, 21, 20 and 14 %.
        code = "icss2",
        label = {
            fr = "Survie : ICSS 2, pour les cancers peu liés à l’âge",
            en = "Survival: ICSS 2, for cancers little related to age",
        },
        source = "Corazziari I., Quinn M., Capocaccia R., Standard cancer \z
            patient population for age standardising survival ratios, \z
            European Journal of Cancer, 2004",
        total = 100000,
        bands = {
            {0, 14, 0}, {15, 19, 1128}, {20, 24, 2011},
            {25, 29, 3745}, {30, 34, 5755}, {35, 39, 7538},
            {40, 44, 7823}, {45, 49, 8283}, {50, 54, 8717},
            {55, 59, 9894}, {60, 64, 11106}, {65, 69, 10992},
            {70, 74, 9008}, {75, 79, 7254}, {80, 84, 4116},
            {85, -1, 2630},
        },
    },
    {
        -- In the same classes: 60 %, then 10 % each.
        code = "icss3",
        label = {
            fr = "Survie : ICSS 3, pour les cancers des jeunes adultes",
            en = "Survival: ICSS 3, for cancers of young adults",
        },
        source = "Corazziari I., Quinn M., Capocaccia R., Standard cancer \z
            patient population for age standardising survival ratios, \z
            European Journal of Cancer, 2004",
        total = 100000,
        bands = {
            {0, 14, 0}, {15, 19, 6938}, {20, 24, 11183},
            {25, 29, 12964}, {30, 34, 11630}, {35, 39, 9635},
            {40, 44, 7650}, {45, 49, 5324}, {50, 54, 4676},
            {55, 59, 5224}, {60, 64, 4776}, {65, 69, 5067},
            {70, 74, 4933}, {75, 79, 5179}, {80, 84, 3247},
            {85, -1, 1574},
        },
    },
    {
        -- The same weight for every year of age up to 74: a rate of this
        -- standard is the cumulative rate 0-74 divided by 75.
        code = "to74",
        label = {fr = "0-74 ans, âges égaux", en = "0-74 years, equal ages"},
        source = "Day NE, Cumulative rate and cumulative risk, Cancer \z
            Incidence in Five Continents V, IARC, 1987",
        total = 75,
        bands = {
            {0, 4, 5}, {5, 9, 5}, {10, 14, 5}, {15, 19, 5}, {20, 24, 5},
            {25, 29, 5}, {30, 34, 5}, {35, 39, 5}, {40, 44, 5}, {45, 49, 5},
            {50, 54, 5}, {55, 59, 5}, {60, 64, 5}, {65, 69, 5}, {70, 74, 5},
            {75, -1, 0},
        },
    },
}
