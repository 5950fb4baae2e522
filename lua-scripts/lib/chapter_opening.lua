-- SPDX-License-Identifier: EUPL-1.2
-- chapter_opening.lua - cover, contents, key points, and how to read the report.

-- The cover of an edition: its name, and what it is about.
local function cover_of(doc, common, cases, subtitle, description)
  local t = cases.national_sites
  return cover {
    title = doc:release().title, subtitle = subtitle, description = description,
    lines = {
      common.country(t).label .. ", " .. common.period(t).label,
      common.registry(),
    },
  }
end

-- Who publishes it, and how to cite it: at the foot of the contents.
local function imprint(doc, common)
  local say, release = common.say, doc:release()
  return {
    heading(2, say { fr = "Mentions", en = "Imprint" }, "imprint", { numbered = false }),
    prose("imprint", {
      publisher = release.publisher, date = release.date, id = release.id, snapshot = release.snapshot,
      licence = release.licence, contact = release.contact, title = release.title,
    }),
  }
end

local function opening(doc, common, cases)
  local say = common.say
  return {
    cover_of(doc, common, cases, say { fr = "Rapport national", en = "National report" }, say {
      fr = "Incidence, mortalité, dépistage, survie et prévalence des cancers, par localisation, âge, sexe et territoire.",
      en = "Cancer incidence, mortality, screening, survival and prevalence, by site, age, sex and territory.",
    }),
    contents { numbered = 2 },
    imprint(doc, common),
  }
end

local function of_event(common, event)
  local t = event.national_sites
  local words = {
    cases = { fr = "Taux d’incidence standardisé monde, ", en = "World-standardised incidence rate, " },
    deaths = { fr = "Taux de mortalité standardisé monde, ", en = "World-standardised mortality rate, " },
  }
  local label = common.say(words[event.code])
  return { value = t:cell { sex = "T", column = "count" }, label = event.label .. ", " .. common.period(t).label },
    { value = common.rate(t, "M"), label = label .. common.sex_word("M") },
    { value = common.rate(t, "F"), label = label .. common.sex_word("F") }
end

local function change_of(doc, common, sex)
  local t = doc:table("open_data.cases_trend")
  return { value = t:cell { sex = sex, site = t:axis("site", "all")[1], column = "annual_change" },
    label = common.say { fr = "Évolution annuelle moyenne de l’incidence, ", en = "Average annual change of incidence, " } ..
      common.sex_word(sex) .. common.say { fr = " (% par an)", en = " (% per year)" } }
end

-- Twelve numbers at most: those that the store knows.
local function key_points(doc, common, cases, deaths)
  local keys = table.pack(of_event(common, cases))
  for _, key in ipairs(deaths and table.pack(of_event(common, deaths)) or {}) do
    keys[#keys + 1] = key
  end
  if common.find("open_data.cases_trend") then
    keys[#keys + 1] = change_of(doc, common, "M")
    keys[#keys + 1] = change_of(doc, common, "F")
  end
  local prevalence = common.find("national.prevalence")
  if common.shows(prevalence) then
    keys[#keys + 1] = { value = prevalence:cell { site = prevalence:axis("site", "all")[1], sex = "T", stratum = "T",
      column = "estimate" }, about = true,
      label = common.say { fr = "Personnes en vie ayant eu un cancer", en = "People alive who have had a cancer" } }
  end
  for _, programme in ipairs(require("lib.chapter_screening").known(common)) do
    local t = programme.places
    keys[#keys + 1] = { value = t:cell { territory = common.country(t), column = "proportion" },
      label = programme.title }
  end
  keys.n = nil
  return key_figures(keys)
end

local function introduction(doc, common, cases, deaths)
  local years = cases.site_years:axis("period")
  local first, last = years[1], years[#years]
  local t = cases.national_sites
  local function of(sex, column)
    return t:cell { sex = sex, site = t:axis("site", "all")[1], column = column }
  end
  local values = {
    period = common.period(t), country_in = common.country(t).in_,
    first_year = first,
    cases = of("T", "count"), cases_men = of("M", "count"), cases_women = of("F", "count"),
    asr_men = common.rate(t, "M"), asr_women = common.rate(t, "F"),
    unit = common.rate(t, "M"):unit(),
  }
  if deaths then
    values.deaths = deaths.national_sites:cell { sex = "T", column = "count" }
    values.death_men = common.rate(deaths.national_sites, "M")
    values.death_women = common.rate(deaths.national_sites, "F")
  end
  local blocks = { prose(deaths and "introduction" or "introduction_cases", values) }
  if common.find("open_data.cases_trend") then
    local all = t:axis("site", "all")[1]
    local men, change_men = common.change(cases, "M", all)
    local women, change_women = common.change(cases, "F", all)
    blocks[2] = prose("introduction_trend", { first_year = first, last_year = last, trend_men = men,
      trend_women = women, change_men = change_men, change_women = change_women })
  end
  return blocks
end

local function trend_of(doc, common, event)
  local all = event.site_years:axis("site", "all")[1]
  return common.drawn(event.site_years, "period", { site = all, column = "asr_world" }) and doc:chart {
    id = "essential-trend-" .. event.code, kind = "line", table = event.site_years, column = "asr_world",
    filter = { site = all }, series = "sex", width = "half", height = 170,
    title = common.say { fr = event.title .. " : taux standardisé monde, tous cancers",
      en = event.title .. ": world-standardised rate, all cancers" },
  }
end

local function trends(doc, common, cases, deaths)
  local left, right = trend_of(doc, common, cases), deaths and trend_of(doc, common, deaths)
  return left and right and columns { left, right } or left or right or {}
end

-- What stands in a cell that has no value, and beside one that has.
local function signs(common)
  local say = common.say
  local rows = {
    { say { fr = "c", en = "[c]" }, say { fr = "Secret statistique", en = "Confidential" },
      say { fr = "La valeur existe et n’est publiée sous aucune forme, pour protéger les personnes.",
        en = "The value exists and is not published in any form, to protect persons." } },
    { say { fr = "n.f.", en = "[u]" }, say { fr = "Non fiable", en = "Unreliable" },
      say { fr = "La valeur repose sur trop peu d’événements pour avoir un sens.",
        en = "The value rests on too few events to mean anything." } },
    { say { fr = "n.d.", en = "[x]" }, say { fr = "Non disponible", en = "Not available" },
      say { fr = "La valeur n’a pas pu être calculée.", en = "The value could not be computed." } },
    { say { fr = "///", en = "[z]" }, say { fr = "Sans objet", en = "Not applicable" },
      say { fr = "La question ne se pose pas, comme la prostate chez les femmes.",
        en = "The question does not arise, as for the prostate in women." } },
    { say { fr = "n.c.", en = "[h]" }, say { fr = "Non couvert", en = "Not covered" },
      say { fr = "Aucune source ne couvre ce territoire pendant cette période.",
        en = "No source covers this territory in this period." } },
  }
  return facts {
    id = "signs", rows = rows, source = common.own_source(),
    columns = { say { fr = "Signe", en = "Sign" }, say { fr = "Nom", en = "Name" },
      say { fr = "Ce qu’il veut dire", en = "What it means" } },
    title = say { fr = "Signes qui tiennent lieu de valeur", en = "Signs that stand for a value" },
  }
end

-- How each kind of figure is read, of those that a document has: a list of
-- kinds, in the order of their first use.
local GUIDE = {
  line = { { fr = "Courbe", en = "Line" },
    { fr = "Un taux d’année en année, ou d’âge en âge ; la bande est son intervalle de confiance.",
      en = "A rate from year to year, or from age to age; the band is its confidence interval." } },
  joinpoint = { { fr = "Segments", en = "Segments" },
    { fr = "Les taux observés, en points, et les droites qui les décrivent ; un numéro renvoie à l’évolution annuelle de chaque droite.",
      en = "The observed rates, as dots, and the lines that describe them; a number leads to the annual change of each line." } },
  bar = { { fr = "Barres", en = "Bars" },
    { fr = "Une valeur par ligne, à partir de zéro ; le trait fin est son intervalle de confiance.",
      en = "One value a row, from zero; the thin line is its confidence interval." } },
  dot = { { fr = "Points et traits", en = "Dots and lines" },
    { fr = "Une valeur et son intervalle de confiance ; l’axe peut commencer ailleurs qu’à zéro, et la figure le dit.",
      en = "A value and its confidence interval; the axis may begin elsewhere than at zero, and the figure says so." } },
  pyramid = { { fr = "Pyramide", en = "Pyramid" },
    { fr = "Les nombres de cas ou de décès par âge, les hommes d’un côté, les femmes de l’autre.",
      en = "Numbers of cases or deaths by age, men on one side, women on the other." } },
  step = { { fr = "Marches", en = "Steps" },
    { fr = "La part des personnes en vie à chaque date connue après le diagnostic ; rien n’est supposé entre deux dates.",
      en = "The share of people alive at each known time after the diagnosis; nothing is supposed between two times." } },
  spine = { { fr = "Profil d’une région", en = "Profile of a région" },
    { fr = "La région, point de couleur, parmi toutes les régions, en gris, autour de la valeur du pays.",
      en = "The région, a coloured dot, among all régions, in grey, around the value of the country." } },
  map = { { fr = "Carte", en = "Map" },
    { fr = "Une couleur par classe de valeurs, avec le nombre de territoires de chacune ; les hachures ont chacune leur motif.",
      en = "A colour for each class of values, with its number of territories; each reason for hatching has a pattern of its own." } },
  funnel = { { fr = "Entonnoir", en = "Funnel" },
    { fr = "Un point par département et les limites entre lesquelles le hasard seul le laisserait.",
      en = "A dot for each département and the limits between which chance alone would leave it." } },
}

local function guide(common, kinds)
  local say, rows = common.say, {}
  for _, kind in ipairs(kinds) do
    rows[#rows + 1] = { say(GUIDE[kind][1]), say(GUIDE[kind][2]) }
  end
  return facts {
    id = "guide", rows = rows, source = common.own_source(),
    columns = { say { fr = "Figure", en = "Figure" }, say { fr = "Ce qu’elle montre", en = "What it shows" } },
    title = say { fr = "Figures de ce document, et comment les lire", en = "Figures of this document, and how to read them" },
  }
end

return {
  cover = opening, cover_of = cover_of, imprint = imprint, introduction = introduction, key_points = key_points, trends = trends, signs = signs,
  guide = guide,
  page = function(doc, common, cases, deaths)
    local say = common.say
    return {
      heading(1, say { fr = "L’essentiel", en = "Key points" }, "key-points"),
      key_points(doc, common, cases, deaths),
      introduction(doc, common, cases, deaths),
      trends(doc, common, cases, deaths),
      heading(1, say { fr = "Lire ce rapport", en = "How to read this report" }, "reading"),
      prose("reading"),
      signs(common),
      guide(common, { "line", "dot", "joinpoint", "pyramid", "bar", "step", "map", "funnel", "spine" }),
      common.warning(),
    }
  end,
}
