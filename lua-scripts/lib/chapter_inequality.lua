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

-- Indices along the quintiles, from the least to the most deprived.
local function plan_inequality(p)
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

-- What all five quintiles say together: one table for each sex.
local function indices_of(doc, common, event)
  local say, blocks = common.say, {}
  for _, code in ipairs { "M", "F" } do
    local columns = {}
    for _, kind in ipairs(INDICES) do
      columns[#columns + 1] = { table = doc:table("national." .. event.code .. "_" .. kind), column = kind, interval = true }
    end
    local t = columns[1].table
    blocks[#blocks + 1] = doc:grid {
      id = event.code .. "-inequality-" .. string.lower(code), table = t, rows = "site", columns = columns,
      filter = { sex = code },
      title = say { fr = event.title .. " " .. t:node("sex", code).in_ .. " : indices des inégalités sociales",
        en = event.title .. " " .. t:node("sex", code).in_ .. ": indices of social inequality" },
    }
  end
  return blocks
end

local function inequality(doc, common, cases, deaths)
  local say = common.say
  local quintiles = cases.sites:axis("territory", "quintile")
  if #quintiles == 0 then
    return {}
  end
  local blocks = {
    heading(1, say { fr = "Inégalités sociales", en = "Social inequality" }),
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
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = doc:chart {
      id = event.code .. "-quintile-bars", kind = "bar", table = event.sites, x = "territory",
      level = "quintile", column = "asr_world", filter = { site = "POU" },
      series = common.series(event.sites, event.sites:node("site", "POU")), height = 185,
      title = say { fr = event.title .. " du cancer du poumon par quintile de défavorisation",
        en = "Lung cancer " .. event.noun .. " by deprivation quintile" },
    }
  end
  blocks[#blocks + 1] = heading(2, say { fr = "Indices des inégalités", en = "Indices of inequality" })
  blocks[#blocks + 1] = prose("inequality_indices")
  for _, event in ipairs { cases, deaths } do
    blocks[#blocks + 1] = indices_of(doc, common, event)
  end
  return blocks
end

return { plan = plan_inequality, page = inequality }
