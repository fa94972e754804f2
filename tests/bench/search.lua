-- A box around Lisbon, five free nights, a price range, two guests: twenty rows with their total price. All requests
-- differ, so that none is cached.
local day, threads = 0, 0
setup = function(thread)
  thread:set("number", threads)
  threads = threads + 1
end
request = function()
  day = day + 1
  local from = string.format("2027-%02d-%02d", 1 + day % 9, 1 + day % 20)
  local to = string.format("2027-%02d-%02d", 1 + day % 9, 6 + day % 20)
  return wrk.format("GET", "/v1/properties?bbox=-9.3,38.6,-9.0,38.9&check_in=" .. from .. "&check_out=" .. to ..
    "&guests=2&price_min=2000&price_max=" .. 30000 + 2 * day + number .. "&currency=EUR&limit=20")
end
