-- Gives a conversation, which is used by that.
-- KEYS: conversation, turns, order, line. ARGV: time to live in ms. Gives version and JSON, or nothing.
local kept = redis.call('HMGET', KEYS[1], 'version', 'json')
if not kept[1] then
  return {}
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return kept
