import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@gitops-actions/testkit';
import { crane } from './crane.ts';
import { type Answer, type Call, lines } from './double.ts';
import { imageOf } from './image.ts';

/**
 * Makes an image of the context's files and its labels, and pushes it. The Dockerfile has to be there, but its steps are
 * not run: they would need a daemon.
 */
export async function buildPush(call: Call): Promise<Answer> {
  const { input, cwd } = call;
  const context = join(cwd, input('context') || '.');
  const file = input('file') ? join(cwd, input('file')) : join(context, 'Dockerfile');
  if (!existsSync(file))
    throw new Error(`failed to read dockerfile: open ${file}: no such file or directory`);
  await using folder = await temporaryDirectory('image-');
  const archive = await imageOf(context, labelsOf(call), folder.path);
  const digest = await crane(call, 'digest', '--tarball', archive);
  for (const target of targetsOf(call, digest)) await crane(call, 'push', archive, target);
  return { outputs: { digest, imageid: digest, metadata: '{}' }, log: `pushed ${digest}` };
}

const labelsOf = ({ input }: Call): Readonly<Record<string, string>> =>
  Object.fromEntries(lines(input('labels')).map(pair));

function pair(text: string): [string, string] {
  const [key = '', ...value] = text.split('=');
  return [key.trim(), value.join('=')];
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
