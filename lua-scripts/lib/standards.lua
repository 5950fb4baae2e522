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
            Incidence in Five Continents, UICC, 1966, after Segi M., 1960",
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
}
