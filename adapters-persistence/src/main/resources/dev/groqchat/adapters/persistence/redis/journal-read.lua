-- Reads a turn's journal from some place on. Who watches it is told of what comes later, for a
-- while: so nothing can come in between unnoticed.
--
-- KEYS: the journal's state, its events, who watches it
-- ARGV: 1 the watcher, or nothing, 2 for how many milliseconds it watches,
--   3 the last entry it has seen, 4 the number of the last event it has, 5 the most entries to give
-- Gives nothing if there is no such journal; else what the events that are no longer kept said
-- together, if the reader lacks any, and the entries.
local state = redis.call('HMGET', KEYS[1], 'last', 'ended', 'missing')
if not state[1] then
  return {}
end
if ARGV[1] ~= '' and not state[2] then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZADD', KEYS[3], now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[3], ARGV[2])
end
local missing = tonumber(state[3] or 0)
local said = ''
if missing > tonumber(ARGV[4]) then
  said = redis.call('HGET', KEYS[1], 'said')
end
local entries = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. ARGV[3], '+', 'COUNT', ARGV[5])) do
  local events = entry[2][1] == 'events' and entry[2][2] or ''
  table.insert(entries, {entry[1], events})
end
return {said, entries}
