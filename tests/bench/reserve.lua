-- Three nights of one property after another; each thread has its own dates.
local ids, n, threads = {}, 0, 0
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
setup = function(thread)
  thread:set("number", threads)
  threads = threads + 1
end
init = function()
  offset = os.time() % 40
  headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN"), ["Content-Type"] = "application/json" }
end
request = function()
  n = n + 1
  local property = ids[n % #ids + 1]
  local first = os.time({ year = 2027, month = 1, day = 2, hour = 12 }) + (math.floor(n / #ids) * 8 + number * 4) * 86400
  local body = string.format('{"property_id":"%s","check_in":"%s","check_out":"%s","guests":{"adults":1,"children":0,"infants":0,"pets":0}}',
    property, os.date("!%Y-%m-%d", first), os.date("!%Y-%m-%d", first + 3 * 86400))
  return wrk.format("POST", "/v1/bookings/", headers, body)
end
local made, refused = 0, 0
response = function(status)
  if status == 201 then made = made + 1 else refused = refused + 1 end
end
