-- Keeps a new conversation, unless there is one.
-- KEYS: conversation. ARGV: time to live in ms, JSON. Gives 1, or 0 if there is one.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('HSET', KEYS[1], 'version', 1, 'json', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
