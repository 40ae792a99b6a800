-- Replaces a turn that has not ended. One that ends leaves the line; those behind it are woken.
-- KEYS: conversation, turns, order, line.
-- ARGV: time to live in ms, turn's id, JSON, 1 if it has ended, channel, tag of the conversation.
-- Gives 1, or 0 if the turn is gone or has ended already: what is in the line is what has not ended.
if not redis.call('ZSCORE', KEYS[4], ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
if ARGV[4] == '1' then
  redis.call('ZREM', KEYS[4], ARGV[2])
  if redis.call('EXISTS', KEYS[4]) == 1 then
    redis.call('PUBLISH', ARGV[5], ARGV[6])
  end
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return 1
