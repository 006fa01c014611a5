/** A shorter piece of base64 may stand anywhere by chance. */
const SHORTEST_PIECE = 10;

/**
 * The forms in which a secret may show: itself, its base64, and the base64 of any text that holds it.
 *
 * Base64 writes three bytes as four characters, so a secret inside a longer text (`echo "$TOKEN" | base64`, `user:token`)
 * has one of three forms, by where it begins; of each, the characters that its neighbours have no part in are given. The runner
 * masks the same three. https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/ValueEncoders.cs
 *
 * @returns nothing for an empty secret; pieces that are too short to mean anything are left out
 */
export function encodingsOf(secret: string): readonly string[] {
  if (secret === '') return [];
  const bytes = Buffer.from(secret);
  const pieces = [0, 1, 2].map((offset) => pieceOf(bytes, offset));
  const encoded = [bytes.toString('base64'), ...pieces.filter(({ length }) => length >= SHORTEST_PIECE)];
  return [...new Set([secret, ...encoded, ...encoded.map(toUrlAlphabet)])];
}

function pieceOf(bytes: Buffer, offset: number): string {
  const before = Math.ceil((offset * 8) / 6);
  const after = Math.floor(((offset + bytes.length) * 8) / 6);
  return Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .slice(before, after);
}

/** https://www.rfc-editor.org/rfc/rfc4648#section-5 */
function toUrlAlphabet(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_');
}
