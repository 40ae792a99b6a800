-- Says that an instance lives, by the clock of Redis.
-- KEYS: instances. ARGV: instance's id, its lease in ms. Gives 1 if it had no lease, or none any more.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
if lease and tonumber(lease) >= now then
  return 0
end
return 1
