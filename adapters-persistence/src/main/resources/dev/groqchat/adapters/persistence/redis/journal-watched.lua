-- How many instances watch a journal, but for one.
--
-- KEYS: who watches it
-- ARGV: the one that does not count
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local others = 0
for _, watcher in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  if string.match(watcher, '^[^/]+') ~= ARGV[1] then
    others = others + 1
  end
end
return others
