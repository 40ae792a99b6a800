-- Replaces a conversation, if it is still what the caller has seen.
-- KEYS: conversation, turns, order, line. ARGV: time to live in ms, version that was seen, JSON.
-- Gives 'done', or 'gone', or 'changed' with the version and the JSON of now.
local kept = redis.call('HMGET', KEYS[1], 'version', 'json')
if not kept[1] then
  return {'gone'}
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
if kept[1] ~= ARGV[2] then
  return {'changed', kept[1], kept[2]}
end
redis.call('HSET', KEYS[1], 'json', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'version', 1)
return {'done'}
