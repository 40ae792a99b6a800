-- Makes somebody else the writer of a journal that has not ended. What the former writer still has
-- is refused from now on; it is told, and an entry of its own tells the followers.
--
-- KEYS: the journal's state, its events, who watches it
-- ARGV: the new writer, the channel of an instance up to its name, the turn
-- Gives the number of the last event; -1 if there is no such journal, -2 if it has ended.
local state = redis.call('HMGET', KEYS[1], 'writer', 'last', 'ended')
if not state[1] then
  return -1
end
if state[3] then
  return -2
end
if state[1] ~= ARGV[1] then
  local claims = redis.call('HINCRBY', KEYS[1], 'claims', 1)
  redis.call('HSET', KEYS[1], 'writer', ARGV[1])
  redis.call('XADD', KEYS[2], state[2] .. '-' .. claims, 'claimed', 1)
  redis.call('PEXPIRE', KEYS[2], redis.call('PTTL', KEYS[1]))
  redis.call('PUBLISH', ARGV[2] .. state[1], ARGV[3])
  for _, watcher in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
    redis.call('PUBLISH', ARGV[2] .. string.match(watcher, '^[^/]+'), ARGV[3])
  end
end
return tonumber(state[2])
