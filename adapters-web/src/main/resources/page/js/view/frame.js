/** How long to wait for a frame: a page that nobody looks at is given none. */
const LATEST_MS = 250;

/**
 * Does something in the next frame, or a little later where there are no frames.
 *
 * @returns {() => void} calls it off
 */
export function nextFrame(act) {
  const off = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    off();
    act();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, LATEST_MS);
  return off;
}
