-- How many turns are before one in its line: 0 if it is not in the line, -1 if the turn is gone.
-- KEYS: conversation, turns, order, line. ARGV: time to live in ms, turn's id.
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 0 then
  return -1
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return redis.call('ZRANK', KEYS[4], ARGV[2]) or 0
