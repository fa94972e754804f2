-- The search of search.lua over GraphQL, with the rating and the host of each property. All requests differ, so that
-- none is cached.
local day, threads = 0, 0
setup = function(thread)
  thread:set("number", threads)
  threads = threads + 1
end
local query = "query($in: Date!, $out: Date!, $most: MinorUnits!) { properties(first: 20, search: {bbox: {west: -9.3, " ..
  "south: 38.6, east: -9.0, north: 38.9}, checkIn: $in, checkOut: $out, guests: 2, priceMin: 2000, priceMax: $most, " ..
  "currency: \\\"EUR\\\"}) { edges { node { id title total { amount currency } rating { average count } " ..
  "host { firstName isHost rating } } } pageInfo { hasNextPage } } }"
request = function()
  day = day + 1
  local from = string.format("2027-%02d-%02d", 1 + day % 9, 1 + day % 20)
  local to = string.format("2027-%02d-%02d", 1 + day % 9, 6 + day % 20)
  local body = '{"query": "' .. query .. '", "variables": {"in": "' .. from .. '", "out": "' .. to .. '", "most": ' ..
    30000 + 2 * day + number .. '}}'
  return wrk.format("POST", "/graphql", {["Content-Type"] = "application/json"}, body)
end
