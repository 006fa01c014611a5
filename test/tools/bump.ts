// Writes the go.mod and go.sum of an engine anew, after its version in engine.json was changed: node test/tools/bump.ts <engine>
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD_ENVIRONMENT, engines } from '../../packages/testkit/src/engines/catalog.ts';

interface Target {
  readonly Path: string;
  readonly Version?: string;
}
interface GoMod {
  readonly Go: string;
  readonly Replace?: readonly { readonly Old: Target; readonly New: Target }[];
}

const known = engines();
const engine = known.find(({ name }) => name === process.argv[2]);
if (!engine) {
  console.error(`Name one engine: ${known.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const { name, source, module, version, programs } = engine;
for (const file of ['go.mod', 'go.sum']) rmSync(join(source, file), { force: true });

const downloaded = JSON.parse(go('mod', 'download', '-json', `${module}@${version}`)) as { GoMod: string };
const upstream = JSON.parse(go('mod', 'edit', '-json', downloaded.GoMod)) as GoMod;
const lines = [
  `module tools/${name}`,
  `go ${upstream.Go}`,
  `require ${module} ${version}`,
  ...(upstream.Replace ?? []).flatMap(({ Old, New }) => replacement(Old, New)),
  ...Object.values(programs)
    .filter((path) => !path.startsWith('./'))
    .map((path) => `tool ${path}`),
];
writeFileSync(join(source, 'go.mod'), `${lines.join('\n')}\n`);
// -e: some modules that only the engines' own tests need cannot be downloaded; the build does without them.
go('mod', 'tidy', '-e');
console.log(`${name} is at ${version}; npx -y pnpm@12.18.0 engines ${name} builds it.`);

/** `go build` heeds the replaces of the main module only, so the engine's own are repeated here. */
function replacement(from: Target, to: Target): string[] {
  const left = `replace ${from.Path}${from.Version === undefined ? '' : ` ${from.Version}`} =>`;
  if (!/^\.\.?\//.test(to.Path)) return [`${left} ${to.Path} ${to.Version ?? ''}`.trimEnd()];
  // Kubernetes publishes its staging folders as modules: v1.34.4 → v0.34.4.
  return to.Path.startsWith('./staging/') ? [`${left} ${from.Path} ${version.replace(/^v1\./, 'v0.')}`] : [];
}

function go(...args: string[]): string {
  const env = { ...process.env, ...BUILD_ENVIRONMENT };
  return execFileSync('go', args, {
    cwd: source,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
