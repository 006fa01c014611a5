import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ConfigurationError, illegal } from '../action/index.ts';
import { parseImageReference } from '../image/index.ts';
import { insideWorkspace } from '../kubernetes/index.ts';
import type { PreviewSpec } from './engine.ts';

/** What a chart is given. */
export interface HelmValues {
  /** Paths in the checkout, in the order in which they count. */
  readonly files: readonly string[];
  /** YAML or JSON text; empty for none. */
  readonly text: string;
  /** Keys as `helm --set` takes them; `tag` may be empty (then `image` takes the whole reference), and `host`. */
  readonly keys: { readonly image: string; readonly tag: string; readonly host: string };
}

/** Where `--set` splits: `a.b`, `a[0].b`, `a\.b`. https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set */
const KEY = /^(?:[^\s,={}[\]\\]|\\.|\[\d+\])+$/;

/**
 * A key as `helm --set` takes it.
 *
 * @throws ConfigurationError for one that helm would take for something else
 */
export function parseHelmKey(text: string, input: string): string {
  if (text === '' || (KEY.test(text) && !text.startsWith('[') && !/^\.|\.\.|\.$/.test(text))) return text;
  throw illegal(input, text, 'a path in the values such as image.tag or containers[0].image');
}

/**
 * The flags that give a chart its values: the files, then the text, then image and host, which helm sets as texts
 * whatever they look like: the tag `1e5` stays `1e5`.
 *
 * @param folder where the text is written
 * @throws ConfigurationError when a file is missing or outside, the text is no map, or the chart cannot take the image
 */
export async function helmValueFlags(
  { files, text, keys }: HelmValues,
  preview: PreviewSpec,
  { workspace, folder }: { readonly workspace: string; readonly folder: string },
): Promise<readonly string[]> {
  const paths = await Promise.all(files.map((file) => valuesFile(file, workspace)));
  const own = text === '' ? [] : [await writeValues(text, folder)];
  const flags = [...paths, ...own].flatMap((path) => ['-f', path]);
  const sets = [
    ...imageSets(keys, preview.image),
    ...(keys.host === '' ? [] : [`${keys.host}=${preview.host}`]),
  ];
  return [...flags, ...sets.flatMap((set) => ['--set-string', set])];
}

async function valuesFile(file: string, workspace: string): Promise<string> {
  const path = await insideWorkspace(file, workspace, 'values-files');
  if (path !== undefined) return path;
  throw new ConfigurationError(
    `Input "values-files" names ${JSON.stringify(file)}, which is not in the workspace; check the path, and that a step with actions/checkout runs before this one.`,
  );
}

/** Written as it is: helm reads it by its own rules, in which `yes` and `0123` are not what they are to others. */
async function writeValues(text: string, folder: string): Promise<string> {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const said = Error.isError(error) ? error.message.split('\n')[0]?.replace(/:$/, '') : '';
    throw new ConfigurationError(`Input "values" is not valid YAML: ${said}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    // What is in it may be a secret.
    throw new ConfigurationError('Input "values" is no YAML map; it must be one, such as "replicas: 2".');
  const path = join(folder, 'values.yaml');
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

function imageSets({ image, tag }: HelmValues['keys'], reference: string): readonly string[] {
  const parsed = parseImageReference(reference);
  if (tag === '') return [`${image}=${reference}`];
  if (parsed?.tag === undefined) {
    throw new ConfigurationError(
      `Input "image" is ${JSON.stringify(reference)}, which has no tag for "${tag}"; give name:tag@digest, or set "tag-key" to an empty text and "image-key" to the value that takes the whole reference.`,
    );
  }
  // Charts join repository and tag with a colon, and what comes out is a reference again.
  const digest = parsed.digest === undefined ? '' : `@${parsed.digest}`;
  return [`${image}=${parsed.written}`, `${tag}=${parsed.tag}${digest}`];
}
