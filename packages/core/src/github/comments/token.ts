const LENGTH = 10;

/** Names one write: ten letters and digits. */
export function newToken(random: () => number): string {
  return Math.floor(random() * 36 ** LENGTH)
    .toString(36)
    .padStart(LENGTH, '0');
}

/** Stands for a token that is not drawn yet; as long as one. */
export const ANY_TOKEN = '0'.repeat(LENGTH);
