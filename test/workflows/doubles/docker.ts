import { crane } from './crane.ts';
import type { Answer, Call } from './double.ts';

/** `docker buildx imagetools inspect` and `create`, which need a registry only. */
export async function docker(call: Call): Promise<Answer> {
  const [program, group, command, ...rest] = call.args;
  const said = call.args.join(' ');
  if (program !== 'buildx' || group !== 'imagetools')
    throw new Error(`The double does not know "docker ${said}".`);
  if (command === 'inspect') return inspect(call, rest);
  if (command === 'create') return create(call, rest);
  throw new Error(`The double does not know "docker ${said}".`);
}

/** The words of the template that workflows here use. */
async function inspect(
  call: Call,
  [image = '', flag, format = '', ...rest]: readonly string[],
): Promise<Answer> {
  if (flag !== '--format' || rest.length > 0) throw new Error(`unknown flags: ${call.args.join(' ')}`);
  const digest = await crane(call, 'digest', image);
  const log = format
    .replaceAll('{{json .Image}}', await configsOf(call, image))
    .replaceAll('{{"\\n"}}', '\n')
    .replaceAll('{{.Manifest.Digest}}', digest);
  if (log.includes('{{')) throw new Error(`The double does not know the template ${format}.`);
  return { log };
}

interface Manifest {
  readonly manifests?: readonly {
    readonly platform: { readonly os: string; readonly architecture: string };
  }[];
}

/** The configuration; of an index a map of them by their platforms. On several lines, as buildx writes it. */
async function configsOf(call: Call, image: string): Promise<string> {
  const { manifests } = JSON.parse(await crane(call, 'manifest', image)) as Manifest;
  if (manifests === undefined) return indented(JSON.parse(await crane(call, 'config', image)));
  const configs = manifests.map(async ({ platform: { os, architecture } }) => {
    const platform = `${os}/${architecture}`;
    return [platform, JSON.parse(await crane(call, 'config', '--platform', platform, image))] as const;
  });
  return indented(Object.fromEntries(await Promise.all(configs)));
}

const indented = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** One source: the tag names the same manifest. */
async function create(call: Call, args: readonly string[]): Promise<Answer> {
  const rest = args.filter((arg) => !arg.startsWith('--prefer-index'));
  const [flag, tag = '', source = '', ...others] = rest;
  if (flag !== '--tag' || source === '' || others.length > 0)
    throw new Error(`unknown flags: ${call.args.join(' ')}`);
  await crane(call, 'copy', source, tag);
  return { log: tag };
}
