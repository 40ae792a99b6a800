-- Gives the turns of a conversation before one, newest first; the conversation is used by that.
-- KEYS: conversation, turns, order, line. ARGV: time to live in ms, turn's id or '' for the end, how many.
-- Gives the JSON of each.
local before = '+inf'
if ARGV[2] ~= '' then
  local number = redis.call('ZSCORE', KEYS[3], ARGV[2])
  if not number then
    return {}
  end
  before = '(' .. number
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
local found = {}
for _, id in ipairs(redis.call('ZREVRANGEBYSCORE', KEYS[3], before, '-inf', 'LIMIT', 0, ARGV[3])) do
  found[#found + 1] = redis.call('HGET', KEYS[2], id)
end
return found
