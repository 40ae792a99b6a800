-- Forgets an instance, unless it has come back meanwhile.
-- KEYS: instances. ARGV: instance's id. Gives 1 if it is forgotten.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = redis.call('ZSCORE', KEYS[1], ARGV[1])
if lease and tonumber(lease) < now then
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0
