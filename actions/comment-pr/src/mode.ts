export const MODES = ['upsert', 'recreate', 'delete', 'hide'] as const;
export type Mode = (typeof MODES)[number];

/** Whether a mode writes a text. */
export function writesText(mode: Mode): mode is 'upsert' | 'recreate' {
  return mode === 'upsert' || mode === 'recreate';
}
