-- Consumes one request of a quota by the generic cell rate algorithm. KEYS[1] is the counter: the instant in
-- microseconds at which the whole quota is available again (the theoretical arrival time). ARGV[1] is the limit,
-- ARGV[2] the microseconds in which one request is replenished. Returns whether the request was granted, the remaining
-- requests, the seconds until the whole quota is available, and the seconds until a retry can succeed.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[2])
local window = interval * tonumber(ARGV[1])

local stored = redis.pcall('GET', KEYS[1])
local full_at = type(stored) == 'string' and tonumber(stored) or now
if not (full_at > now and full_at <= now + window) then
    full_at = now -- unused quota, or a value not written by this script
end

local granted = full_at + interval <= now + window
local retry = 0
if granted then
    full_at = full_at + interval
    redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000))
else
    retry = math.ceil((full_at + interval - window - now) / 1000000)
end
local remaining = math.floor((now + window - full_at) / interval)
return { granted and 1 or 0, remaining, math.ceil((full_at - now) / 1000000), retry }
