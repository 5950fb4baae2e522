-- One profile for Scotland and for each NHS board. There are no boundaries of
-- boards: words stand where the map would be, and a chart and a table carry
-- what it would show.
local ALL = "C00-C97xC44"
local MAIN = {
  ALL, "C33-C34", "C50", "C61", "C18-C20", "C43", "C00-C14_C30-C32", "C82-C86",
  "C64-C65", "C15", "C16", "C25", "C22", "C67", "C54", "C56", "C91-C95",
}

local VERDICTS = {
  above = "above Scotland", below = "below Scotland",
  similar = "no significant difference", none = "no comparison",
}

local function rate(t, sex, place)
  return t:cell { site = ALL, sex = sex, territory = place, column = "asr_world" }
end

local function opening(doc, t, scotland)
  local place = doc.place
  local values = {
    cases = t:cell { site = ALL, sex = "T" }, place_in = place.in_,
    unit = rate(t, "T"):unit(),
  }
  local blocks = {
    cover {
      title = "Cancer incidence " .. place.in_,
      subtitle = doc:release().title,
      description = "New cancers registered " .. place.in_ .. " from 2016 to 2020, by site and sex.",
      lines = { place.level_name .. " " .. place.code, t:axis("period")[1].label },
    },
    key_figures {
      { value = values.cases, label = "New cases of cancer in five years" },
      { value = rate(t, "M"), label = "Standardised rate, males" },
      { value = rate(t, "F"), label = "Standardised rate, females" },
    },
    text("From 2016 to 2020, **{cases}** new cancers were registered {place_in}. Here and below, “all cancers” leaves out non-melanoma skin cancer. Standardised rates are {unit}, on the World standard population: they take out differences of age, so that boards can be compared.", values),
  }
  if place.parent then
    values.men = doc:compare(rate(t, "M"), rate(t, "M", scotland), "that of Scotland")
    values.women = doc:compare(rate(t, "F"), rate(t, "F", scotland), "that of Scotland")
    blocks[#blocks + 1] = text("The rate of males {men}; the rate of females {women}.", values)
  end
  return blocks
end

local function by_sex()
  return {
    { column = "count", sex = "M", heading = "Males, number" },
    { column = "asr_world", sex = "M", heading = "Males, WSR", interval = true },
    { column = "count", sex = "F", heading = "Females, number" },
    { column = "asr_world", sex = "F", heading = "Females, WSR", interval = true },
  }
end

local function boards(doc, t)
  return {
    heading(1, "The boards side by side"),
    doc:map {
      id = "map-boards", table = t, column = "asr_world", level = "board",
      filter = { site = ALL, sex = "T" }, focus = doc.place.parent and doc.place,
      title = "All cancers: world-standardised rate by NHS board",
    },
    doc:chart {
      id = "boards", kind = "bar", table = t, x = "territory", level = "board",
      top = 12, column = "asr_world", filter = { site = ALL, sex = "T" }, height = 270,
      title = "All cancers, both sexes: world-standardised rate by NHS board, highest first",
    },
    doc:grid {
      id = "boards-table", table = t, rows = "territory", filter = { site = ALL },
      columns = by_sex(),
      title = "All cancers by NHS board and sex", unit = "",
      note = "WSR: rate standardised to the World population.",
    },
  }
end

-- Each main site beside Scotland, with the words that the intervals allow.
local function comparison(doc, t, scotland)
  local rows = {}
  for _, code in ipairs(MAIN) do
    local site = t:node("site", code)
    local here = t:cell { site = site, sex = "T", column = "asr_world" }
    local there = t:cell { site = site, sex = "T", territory = scotland, column = "asr_world" }
    local _, verdict = doc:compare(here, there, "Scotland")
    local interval = here:value() and here:interval_text() or here:text()
    rows[#rows + 1] = {
      site, t:cell { site = site, sex = "T" }, here, interval, there,
      VERDICTS[verdict or "none"],
    }
  end
  return {
    heading(1, "Compared with Scotland"),
    facts {
      id = "comparison", title = "Main cancers: " .. doc.place.label .. " and Scotland, both sexes",
      columns = { "Cancer site", "New cases", "WSR", "Confidence interval", "WSR, Scotland",
        "Comparison" },
      rows = rows, emphasis = { 1 }, scope = doc.place.label .. ", 2016-2020",
      unit = "number; " .. rate(t, "T"):unit(),
      note = "A rate is called above or below only when the two 95% confidence intervals do not overlap, which is stricter than a test at 5%. A site of one sex has that sex as population.",
      source = "Public Health Scotland, annual cancer incidence (OGL v3.0)",
    },
  }
end

-- Sites that the publisher names; remainders are in the data set only.
local function sites(t)
  local kept = {}
  for _, site in ipairs(t:axis("site")) do
    if not string.find(site.code, "_other", 1, true) then
      kept[#kept + 1] = site
    end
  end
  return kept
end

local function every_site(doc, t)
  local note = "WSR: rate standardised to the World population. Lines overlap: a group (in bold) includes the sites below it."
  return {
    heading(1, "Every site"),
    doc:grid {
      id = "sites-all", table = t, rows = sites(t), filter = { sex = "T" },
      columns = { "count", { column = "crude_rate", interval = true },
        { column = "asr_world", heading = "WSR", interval = true } },
      title = "Incidence by cancer site, both sexes", unit = "", note = note,
    },
    doc:grid {
      id = "sites-sex", table = t, rows = sites(t), columns = by_sex(),
      title = "Incidence by cancer site and sex", unit = "", note = note,
    },
  }
end

local function method(doc)
  local policy = doc:release().policy
  return {
    heading(1, "Source and method"),
    text("Source: Public Health Scotland, annual cancer incidence, five-year summary 2016-2020 by NHS board. Contains public sector information licensed under the Open Government Licence v3.0. This release is a demonstration, is not endorsed by Public Health Scotland, and adds disclosure control to figures that are public already."),
    text("Counts are of the whole five years. Scotland is the sum of the boards: the few tumours without a known board are not in it. Figures of 2020 are low because fewer cancers were diagnosed during the COVID-19 pandemic."),
    text("Counts from one to {limit}, and others that would give them back, are confidential [c]. A rate of fewer than {under} cases is not published.",
      { limit = policy.limit, under = policy.unreliable_under }),
  }
end

return {
  id = "profile",
  title = { fr = "Profil", en = "Profile" },
  each = { "all" },
  formats = { "pdf", "xlsx", "html", "svg", "png" },
  uses = { "data" },
  plan = function() end,
  page = function(doc)
    local t = doc:table("data.incidence")
    local scotland = t:axis("territory", "country")[1]
    return {
      opening(doc, t, scotland),
      boards(doc, t),
      doc.place.parent and comparison(doc, t, scotland),
      every_site(doc, t),
      method(doc),
    }
  end,
}
