-- Gives a turn, whose conversation is used by that.
-- KEYS: conversation, turns, order, line. ARGV: time to live in ms, turn's id. Gives its JSON, or nothing.
local json = redis.call('HGET', KEYS[2], ARGV[2])
if not json then
  return {}
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return {json}
