import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { crane } from './crane.ts';
import { printedBy } from './dockerfile.ts';
import { type Answer, type Call, lines } from './double.ts';
import { writeLayout } from './image.ts';

/**
 * Makes an image of the context's files and its labels for each platform, and pushes it. Of the Dockerfile only those steps
 * are taken that show what they were given: others would need a daemon.
 */
export async function buildPush(call: Call): Promise<Answer> {
  const { input, cwd } = call;
  const context = join(cwd, input('context') || '.');
  const file = input('file') ? join(cwd, input('file')) : join(context, 'Dockerfile');
  const dockerfile = await readFile(file, 'utf8').catch(() => undefined);
  if (dockerfile === undefined)
    throw new Error(`failed to read dockerfile: open ${file}: no such file or directory`);
  const words = { args: pairsOf(input('build-args')), secrets: pairsOf(input('secrets')) };
  const printed = printedBy(dockerfile, words);
  await using folder = await temporaryDirectory('image-');
  const platforms = lines(input('platforms') || 'linux/amd64');
  const labels = pairsOf(input('labels'));
  const digest = await writeLayout({ context, labels, platforms }, folder.path);
  for (const target of targetsOf(call, digest)) await crane(call, 'push', folder.path, target);
  return { outputs: { digest, imageid: digest, metadata: '{}' }, log: `${printed}\npushed ${digest}` };
}

/** `name=value` one a line; a comma is part of the value. */
const pairsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(pair),
  );

function pair(text: string): [string, string] {
  const [key = '', ...value] = text.split('=');
  return [key.trim(), value.join('=').trim()];
}

/** What is pushed to: `push: true` with tags, or `outputs: type=image,name=…,push-by-digest=true,push=true`. */
function targetsOf({ input }: Call, digest: string): readonly string[] {
  const output: Readonly<Record<string, string>> = Object.fromEntries(lines(input('outputs')).map(pair));
  if (output.push === 'true' || (output['push-by-digest'] === 'true' && input('push') === 'true')) {
    if (output['push-by-digest'] !== 'true')
      throw new Error(`The double does not know the outputs "${input('outputs')}".`);
    return lines(output.name ?? input('tags')).map((name) => `${name}@${digest}`);
  }
  if (input('push') !== 'true') return [];
  const tags = lines(input('tags'));
  if (tags.length === 0) throw new Error('tag is needed when pushing to registry');
  return tags;
}
