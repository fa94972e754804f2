-- Takes once from a quota by the generic cell rate algorithm. KEYS[1] is the counter: the instant in microseconds at
-- which the whole quota is there again. ARGV[1] is how many times, ARGV[2] the microseconds in which one of them comes
-- back. Answers whether it was granted, how many are left, and the seconds until all are back and until to come again.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[2])
local window = interval * tonumber(ARGV[1])

local kept = redis.pcall('GET', KEYS[1])
local back = type(kept) == 'string' and tonumber(kept) or now
if not (back > now and back <= now + window) then
    back = now -- untouched, or not a number of ours
end

local granted = back + interval <= now + window
local retry = 0
if granted then
    back = back + interval
    redis.call('SET', KEYS[1], string.format('%.0f', back), 'PX', math.ceil((back - now) / 1000))
else
    retry = math.ceil((back + interval - window - now) / 1000000)
end
local left = math.floor((now + window - back) / interval)
return { granted and 1 or 0, left, math.ceil((back - now) / 1000000), retry }
