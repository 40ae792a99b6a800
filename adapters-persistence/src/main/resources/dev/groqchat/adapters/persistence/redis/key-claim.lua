-- Claims an idempotency key for a turn that is about to be added.
-- KEYS: the key. ARGV: turn's id, what is asked, time to live in ms, turn that may be replaced or '',
-- how long in ms a claim is waited for.
-- Gives 'mine'; or, with the turn and what was asked: 'settled' if that was added, 'pending' if it is
-- about to be, 'stale' if it has been about to be for too long.
local kept = redis.call('HMGET', KEYS[1], 'turn', 'asked', 'state', 'at')
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if kept[1] and kept[1] ~= ARGV[4] then
  local state = kept[3]
  if state == 'pending' and now - tonumber(kept[4]) > tonumber(ARGV[5]) then
    state = 'stale'
  end
  return {state, kept[1], kept[2]}
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'turn', ARGV[1], 'asked', ARGV[2], 'state', 'pending', 'at', now)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {'mine'}
