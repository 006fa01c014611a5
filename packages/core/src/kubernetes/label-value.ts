import { createHash } from 'node:crypto';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LEGAL = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/**
 * A text as the value of a label: itself where that is legal, with the colon of `host:port` as an underscore, which no
 * host name holds; any other text is its hash. Two texts never share a value.
 */
export function labelValue(text: string): string {
  const plain = text.replaceAll(':', '_');
  if (text === '' || (LEGAL.test(plain) && !text.includes('_'))) return plain;
  return `sha256-${createHash('sha256').update(text).digest('hex').slice(0, 48)}`;
}

/** Labels as a selector, or as `helm --labels` takes them: `a=b,c=d`. */
export function labelList(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
