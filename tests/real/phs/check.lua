-- Recomputes the published world-standardised rates from counts and
-- person-years. `rows` comes from --data; see rows.py.
local weights = { 12000, 10000, 9000, 9000, 8000, 8000, 6000, 6000, 6000, 6000,
                  5000, 4000, 4000, 3000, 2000, 1000, 500, 500 }
-- The publisher prints nine decimals: below 0.02 that is coarser than 2e-8.
local half_unit = 5.0001e-10
local compared, close, worst = 0, 0, 0
for _, row in ipairs(rows) do
  local counts, people = {}, {}
  for age = 1, 18 do
    counts[age] = tonumber(row["n" .. age])
    people[age] = tonumber(row["py" .. age])
  end
  local published = tonumber(row.published)
  local rate = stats.standardised_rate(counts, people, weights, 100000)
  local gap = published == 0 and math.abs(rate)
    or math.abs(rate - published) / published
  assert(gap <= 2e-8 or math.abs(rate - published) <= half_unit,
    row.icd10 .. " " .. row.sex .. " " .. row.year)
  if gap <= 2e-8 then
    close = close + 1
    if gap > worst then worst = gap end
  end
  compared = compared + 1
end
assert(close >= 2000, "only " .. close .. " rates to compare")
print(string.format("%d of %d published world rates recomputed to 2e-8 (largest relative difference %.2e), the others to their last printed digit",
  close, compared, worst))
