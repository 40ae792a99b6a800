-- Gives the instances whose lease is over, the longest gone first, not more than some. Who asks must hold
-- a lease: one that has lost its own, with everybody else, knows nothing of the others.
-- KEYS: instances. ARGV: how many, the asker.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local own = redis.call('ZSCORE', KEYS[1], ARGV[2])
if not own or tonumber(own) < now then
  return {}
end
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. now, 'LIMIT', 0, ARGV[1])
