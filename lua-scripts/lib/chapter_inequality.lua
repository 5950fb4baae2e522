-- SPDX-License-Identifier: EUPL-1.2
-- chapter_inequality.lua - quintiles of deprivation.
local INDICES = { "slope_index", "relative_index", "concentration_index" }
local events = {
  cases = { fr = "Incidence", en = "Incidence" },
  deaths = { fr = "Mortalité", en = "Mortality" },
}
local indices = {
  slope_index = { fr = "indice de pente des inégalités", en = "slope index of inequality" },
  relative_index = { fr = "indice relatif des inégalités", en = "relative index of inequality" },
  concentration_index = { fr = "indice de concentration", en = "concentration index" },
}

-- Below a title that says of what: heads of two lines.
local HEADS = {
  slope_index = { fr = "Indice de pente", en = "Slope index" },
  relative_index = { fr = "Indice relatif", en = "Relative index" },
  concentration_index = { fr = "Indice de concentration", en = "Concentration index" },
}

-- Indices along the quintiles, from the least to the most deprived.
local function plan(p)
  for _, measure in ipairs { "cases", "deaths" } do
    for _, kind in ipairs(INDICES) do
      p.statistic {
        id = measure .. "_" .. kind,
        title = { fr = events[measure].fr .. " : " .. indices[kind].fr,
          en = events[measure].en .. ": " .. indices[kind].en },
        from = "open_data." .. measure .. "_quintiles", kind = kind, along = "territory", value = "asr_world",
      }
    end
  end
end

local function sex_series(t, site)
  local series = {}
  for _, code in ipairs { "M", "F" } do
    if site.sex == "" or site.sex == code then
      series[#series + 1] = { sex = code, label = t:node("sex", code).label }
    end
  end
  return series
end

-- One cancer in the five quintiles, men and women.
local function site_dots(doc, common, event, site)
  local t = doc:table("open_data." .. event.code .. "_quintiles")
  return doc:chart {
    id = event.code .. "-quintiles-" .. string.lower(site.code), kind = "dot", table = t, x = "territory",
    level = "quintile", column = "asr_world", filter = { site = site }, series = sex_series(t, site),
    width = "half", title = site.label .. common.say { fr = " : ", en = ": " } .. event.noun,
  }
end

-- The most deprived quintile against the least, for one sex.
local function key(doc, common, event, sex)
  local t = event.sites
  local groups = t:axis("territory", "quintile")
  local function rate(place)
    return common.rate(t, sex, { territory = place, site = t:axis("site", "all")[1] })
  end
  local first, last = rate(groups[1]), rate(groups[#groups])
  local word, side = doc:compare(last, first, common.say { fr = "celui du moins défavorisé",
    en = "that of the least deprived" })
  local who = { M = { fr = "Chez les hommes", en = "In men" }, F = { fr = "Chez les femmes", en = "In women" } }
  return side and prose("inequality_key", { sex = common.say(who[sex]), first = first, last = last,
    unit = last:unit(), word = word }) or {}
end

-- Each site: new cases on the left, deaths on the right.
local function by_site(doc, common, cases, deaths)
  local blocks = {
    heading(2, common.say { fr = "Selon la localisation", en = "By cancer site" }),
    prose("inequality_sites"),
  }
  for _, site in ipairs(doc:table("open_data.cases_quintiles"):axis("site")) do
    blocks[#blocks + 1] = columns {
      site_dots(doc, common, cases, site), site_dots(doc, common, deaths, site),
    }
  end
  return blocks
end

-- What all five quintiles say together: one table for each sex.
local function indices_of(doc, common, event)
  local say, blocks = common.say, {}
  for _, code in ipairs { "M", "F" } do
    local columns_of = {}
    for _, kind in ipairs(INDICES) do
      columns_of[#columns_of + 1] = { table = doc:table("national." .. event.code .. "_" .. kind), column = kind,
        heading = say(HEADS[kind]), interval = true }
    end
    local t = columns_of[1].table
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-inequality-" .. string.lower(code), table = t, rows = "site", columns = columns_of,
      filter = { sex = code },
      title = say { fr = event.title .. " " .. t:node("sex", code).in_ .. " : indices des inégalités sociales",
        en = event.title .. " " .. t:node("sex", code).in_ .. ": indices of social inequality" },
    }
  end
  return blocks
end

local function relative(doc, common, event)
  local say, t = common.say, doc:table("national." .. event.code .. "_relative_index")
  return doc:chart {
    id = event.code .. "-relative-index", kind = "dot", table = t, x = "site", column = "relative_index",
    series = { { sex = "M", label = t:node("sex", "M").label }, { sex = "F", label = t:node("sex", "F").label } },
    reference = 1,
    title = say { fr = event.title .. " : indice relatif des inégalités", en = event.title .. ": relative index of inequality" },
  }
end

return {
  plan = plan, site_dots = site_dots, relative = relative,
  page = function(doc, common, cases, deaths)
    local say = common.say
    if not common.shows(common.find("open_data.cases_quintiles")) or
      not common.shows(common.find("open_data.deaths_quintiles")) then
      return {}
    end
    local quintiles = cases.sites:axis("territory", "quintile")
    local blocks = {
      heading(1, say { fr = "Inégalités sociales", en = "Social inequality" }, "inequality"),
      key(doc, common, cases, "M"), key(doc, common, cases, "F"),
      prose("inequality"),
    }
    for _, event in ipairs { cases, deaths } do
      blocks[#blocks + 1] = doc:grid {
        id = event.code .. "-quintiles", table = event.sites, rows = quintiles,
        columns = common.by_sex(event.sites),
        title = say { fr = event.title .. " par quintile de défavorisation, tous cancers",
          en = event.title .. " by deprivation quintile, all cancers" },
        unit = "", note = common.abbreviations(),
      }
    end
    blocks[#blocks + 1] = by_site(doc, common, cases, deaths)
    blocks[#blocks + 1] = heading(2, say { fr = "Indices des inégalités", en = "Indices of inequality" })
    blocks[#blocks + 1] = prose("inequality_indices")
    for _, event in ipairs { cases, deaths } do
      blocks[#blocks + 1] = relative(doc, common, event)
      blocks[#blocks + 1] = indices_of(doc, common, event)
    end
    return blocks
  end,
}
