-- Forgets a conversation and its turns, and wakes those who wait in its line.
-- KEYS: conversation, turns, order, line. ARGV: channel, tag of the conversation. Gives its JSON, or nothing.
local json = redis.call('HGET', KEYS[1], 'json')
local waiting = redis.call('ZCARD', KEYS[4])
redis.call('DEL', unpack(KEYS))
if waiting > 0 then
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return {json}
