-- Frees an idempotency key whose turn was not added, or is about to be taken back.
-- KEYS: the key. ARGV: turn's id.
-- Gives 1; 0 if somebody has found the turn by the key, and goes by it.
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then
  return 1
end
if redis.call('HGET', KEYS[1], 'state') == 'settled' then
  return 0
end
return redis.call('DEL', KEYS[1])
