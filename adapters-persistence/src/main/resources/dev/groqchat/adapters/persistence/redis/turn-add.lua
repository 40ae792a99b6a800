-- Adds a turn at the end of its conversation, and of its line if it has not ended.
-- KEYS: conversation, turns, order, line.
-- ARGV: time to live in ms, turn's id, JSON, 1 if it has ended, the most turns a conversation keeps.
-- Gives 1, or 0 without a conversation, or 2 if the turn is there already.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1 then
  return 2
end
local number = redis.call('HINCRBY', KEYS[1], 'turns', 1)
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
redis.call('ZADD', KEYS[3], number, ARGV[2])
if ARGV[4] ~= '1' then
  redis.call('ZADD', KEYS[4], number, ARGV[2])
end
local over = redis.call('ZCARD', KEYS[3]) - tonumber(ARGV[5])
if over > 0 then
  local open = redis.call('ZCARD', KEYS[4])
  for _, oldest in ipairs(redis.call('ZRANGE', KEYS[3], 0, over + open - 1)) do
    if over > 0 and not redis.call('ZSCORE', KEYS[4], oldest) then
      redis.call('ZREM', KEYS[3], oldest)
      redis.call('HDEL', KEYS[2], oldest)
      over = over - 1
    end
  end
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return 1
