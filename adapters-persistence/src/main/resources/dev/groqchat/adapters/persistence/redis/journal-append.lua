-- Adds a batch of events to a turn's journal, if it is its writer's next, and tells the instances
-- that watch it. An entry is named by the number of its last event.
--
-- KEYS: the journal's state, its events, who watches it
-- ARGV: 1 the writer: an instance, 2 the number before the batch, 3 the number of its last event,
--   4 the events, 5 "1" if the last of them is the ending,
--   6 milliseconds to keep the journal from now on, if it begins or ends,
--   7 the number up to which no events are kept, 0 for all, 8 what they said together,
--   9 the channel of an instance up to its name, 10 the turn
-- Gives what became of it, the number of the last event in the journal, and how many others watch.
local state = redis.call('HMGET', KEYS[1], 'writer', 'last', 'ended')
if not state[1] then
  return {'absent', 0, 0}
end
local last = tonumber(state[2])
if state[1] ~= ARGV[1] then
  return {'claimed', last, 0}
end
if state[3] then
  return {'ended', last, 0}
end
local missing = tonumber(ARGV[7])
if math.max(last, missing) ~= tonumber(ARGV[2]) then
  return {'elsewhere', last, 0}
end

redis.call('XADD', KEYS[2], ARGV[3] .. '-0', 'events', ARGV[4])
redis.call('HSET', KEYS[1], 'last', ARGV[3])
if missing > 0 then
  redis.call('HSET', KEYS[1], 'missing', ARGV[7], 'said', ARGV[8])
  redis.call('XTRIM', KEYS[2], 'MINID', (missing + 1) .. '-0')
end
if ARGV[5] == '1' then
  redis.call('HSET', KEYS[1], 'ended', 1)
end
if last == 0 or ARGV[5] == '1' then
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local others = 0
for _, watcher in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. now, '+inf')) do
  local instance = string.match(watcher, '^[^/]+')
  redis.call('PUBLISH', ARGV[9] .. instance, ARGV[10])
  if instance ~= ARGV[1] then
    others = others + 1
  end
end
return {'written', tonumber(ARGV[3]), others}
