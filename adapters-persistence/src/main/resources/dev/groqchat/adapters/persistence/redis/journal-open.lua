-- Begins a turn's journal, unless there is one.
--
-- KEYS: the journal's state, its events
-- ARGV: the writer, milliseconds to keep it while it goes on
-- Gives 1 if the writer has it, and nothing is in it; else 0.
local state = redis.call('HMGET', KEYS[1], 'writer', 'last')
if state[1] then
  return (state[1] == ARGV[1] and state[2] == '0') and 1 or 0
end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[1], 'writer', ARGV[1], 'last', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
