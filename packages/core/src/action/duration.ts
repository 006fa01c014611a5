const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/**
 * Parses a duration as Helm, Flux and Argo CD write it (`90s`, `5m`, `1h30m`), with days in addition (`7d`).
 * Go's grammar (https://pkg.go.dev/time#ParseDuration) without fractions and without units below a second.
 *
 * @returns milliseconds, or undefined when the text is not a duration or is longer than ten years
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d{1,6}[dhms])+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)([dhms])/g)];
  const units = parts.map(([, , unit]) => unit ?? '');
  if (
    units.join('') !==
    'dhms'
      .split('')
      .filter((unit) => units.includes(unit))
      .join('')
  )
    return undefined;
  const total = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0);
  return total <= 3650 * 86_400_000 ? total : undefined;
}

/** The duration in its two largest units, for people: `1h 5m`, `7d`, `0s`. Input in milliseconds. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds / 1000)) * 1000;
  const parts: string[] = [];
  for (const [unit, size] of Object.entries(UNITS)) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount}${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0s';
}
