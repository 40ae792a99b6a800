-- Replaces a value if it is what it is expected to be; tells what it is if not.
-- KEYS: the value
-- ARGV: what is expected, empty for none; what it is to be; for how many milliseconds
-- Gives {1}, or {0, the value or empty}.
local now = redis.call('GET', KEYS[1]) or ''
if now ~= ARGV[1] then
  return {0, now}
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {1}
