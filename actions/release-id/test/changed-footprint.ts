import { type Footprint, footprintOf } from '../src/changed/footprint.ts';
import { parseServices } from '../src/services.ts';

/** The footprint of one service with these keys. */
export function footprint(keys: object): Footprint {
  const [service] = parseServices(JSON.stringify([{ name: 'web', ...keys }])) ?? [];
  if (service === undefined) throw new Error('no service');
  return footprintOf(service);
}

/** Which of these files the service covers. */
export const covered = (keys: object, files: readonly string[]) =>
  files.filter((file) => footprint(keys).covers?.(file));
