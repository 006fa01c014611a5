// Measurements, as ratios within one run: absolute times on a shared machine mean little.
import { backOffModel } from './back-off-model.ts';
import { bundleStart } from './bundle-start.ts';
import { comment } from './comment.ts';
import { contention } from './contention.ts';
import { manifest } from './manifest.ts';
import { preview } from './preview.ts';
import { reaper } from './reaper.ts';
import { verify } from './verify.ts';

const benches: Readonly<Record<string, () => Promise<void> | void>> = {
  start: bundleStart,
  model: backOffModel,
  contention,
  manifest,
  comment,
  preview,
  reaper,
  verify,
};
const [name = 'start'] = process.argv.slice(2);
const bench = benches[name];
if (bench === undefined) {
  console.error(`There is no bench "${name}"; there are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
await bench();
