-- Recomputes the published world-standardised rates from counts and
-- person-years. `rows` comes from --data; see rows.py.
local weights = { 12000, 10000, 9000, 9000, 8000, 8000, 6000, 6000, 6000, 6000,
                  5000, 4000, 4000, 3000, 2000, 1000, 500, 500 }
local compared, worst = 0, 0
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
  assert(gap <= 2e-8, row.icd10 .. " " .. row.sex .. " " .. row.year)
  if gap > worst then worst = gap end
  compared = compared + 1
end
assert(compared >= 2000, "only " .. compared .. " rates to compare")
print(string.format("%d published world rates recomputed, largest relative difference %.2e",
  compared, worst))
