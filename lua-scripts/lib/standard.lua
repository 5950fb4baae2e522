-- SPDX-License-Identifier: EUPL-1.2
-- standard.lua - the weights of a standard population for given age classes.
--
--   local standard = require("lib.standard")
--   local weights, total = standard.weights("world", {0, 5, 10, ..., 85})
--
-- `ages` is the first age of each class, the last one open ended. Bands of the
-- standard inside one class are added up; a band that has a weight and is not
-- inside one class is an error, and so is a standard whose weights do not sum
-- to its declared total.
local standards = require("lib.standards")

local function find(code)
  local codes = {}
  for _, standard in ipairs(standards) do
    if standard.code == code then
      return standard
    end
    codes[#codes + 1] = standard.code
  end
  error(string.format("there is no standard population '%s'; expected one of %s",
    tostring(code), table.concat(codes, ", ")), 3)
end

local function name(low, high)
  return high == math.huge and low .. "+" or low .. "-" .. high
end

-- Position of the class that holds ages low to high; nil when none does.
local function class_of(ages, low, high)
  for i = #ages, 1, -1 do
    local last = ages[i + 1] and ages[i + 1] - 1 or math.huge
    if low >= ages[i] and high <= last then
      return i
    end
  end
end

local standard = {}

function standard.weights(code, ages)
  local chosen = find(code)
  local weights, sum = {}, 0
  for i = 1, #ages do
    weights[i] = 0
  end
  for _, band in ipairs(chosen.bands) do
    local low, weight = band[1], band[3]
    local high = band[2] < 0 and math.huge or band[2]
    local class = class_of(ages, low, high)
    if class then
      weights[class] = weights[class] + weight
    elseif weight > 0 then
      error(string.format("standard '%s': its band %s is not inside one age class",
        code, name(low, high)), 2)
    end
    sum = sum + weight
  end
  if sum ~= chosen.total then
    error(string.format("standard '%s': its weights sum to %s, not to %s", code, sum, chosen.total), 2)
  end
  return weights, chosen.total
end

return standard
