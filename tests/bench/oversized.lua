-- Requests that are refused for their size: a search for 200 amenities, and a property with 149,000. Eight connections
-- send 20 a second, as many as the rate limit admits.
delay = function() return 400 end
local search, create, turn
init = function()
  local words, amenities = {}, {}
  for n = 1, 200 do words[n] = "amenity-" .. n end
  for n = 1, 149000 do amenities[n] = '"a' .. n .. '"' end
  search = wrk.format("GET", "/v1/properties?amenities=" .. table.concat(words, ","))
  local headers = {["content-type"] = "application/json", ["authorization"] = "Bearer " .. os.getenv("TOKEN")}
  create = wrk.format("POST", "/v1/properties", headers, '{"amenities":[' .. table.concat(amenities, ",") .. "]}")
  turn = 0
end
request = function()
  turn = turn + 1
  return turn % 2 == 0 and create or search
end
