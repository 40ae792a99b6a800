/**
 * Whether a text is the one that a digest was made of. Browsers compute SHA-256 only for pages that
 * came by HTTPS or from localhost: elsewhere the length has to do.
 *
 * @returns {Promise<'exact' | 'length' | 'different'>}
 */
export async function compare(text, { text_length: length, text_sha256: sha256 }) {
  if (codePoints(text) !== length) return 'different';
  if (!crypto.subtle) return 'length';
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex === sha256 ? 'exact' : 'different';
}

function codePoints(text) {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
