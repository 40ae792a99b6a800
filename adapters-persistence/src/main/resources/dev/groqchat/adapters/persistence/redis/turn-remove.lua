-- Takes a turn back as if it had never been added.
-- KEYS: conversation, turns, order, line. ARGV: turn's id, channel, tag of the conversation.
redis.call('HDEL', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
if redis.call('ZREM', KEYS[4], ARGV[1]) == 1 then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
return 1
