import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/project.ts';

const folder = join(root, 'workflows-templates');

/** What a team changes in its copy of a starter: texts, each of which must be there, or the whole of it. */
export type Change = Readonly<Record<string, string>> | ((text: string) => string);

/** A starter as a team has it. GitHub's registry becomes the one on loopback. */
export function starterText(name: string, registry: string, change: Change): string {
  const text = readFileSync(join(folder, `${name}.yml`), 'utf8').replaceAll('ghcr.io', registry);
  if (typeof change === 'function') return change(text);
  return Object.entries(change).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`${name}.yml has no "${from}" to replace.`);
    return result.replaceAll(from, to);
  }, text);
}

/** previews-cleanup.yml with what the README of the starters puts in for engine helm. */
export function cleanUpOfHelm(text: string): string {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const [, block] = /```yaml\n( {4}with:\n {6}engine: helm\n[\s\S]*?)```/.exec(readme) ?? [];
  if (block === undefined) throw new Error('The README of the starters has no lines for engine helm.');
  return `${text.slice(0, text.indexOf('    with:'))}${block}`;
}
