-- Says that the turn which claimed an idempotency key was added.
-- KEYS: the key. ARGV: turn's id. Gives 1, or 0 if another one has claimed the key meanwhile.
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'settled')
return 1
