// Writes anew what pins an engine's sources, after its version in engine.json was changed: node test/tools/bump.ts <engine>
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILD_ENVIRONMENT } from '../../packages/testkit/src/engines/catalog.ts';
import { engines, type GoEngine, type WheelEngine } from '../../packages/testkit/src/engines/description.ts';

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
if ('wheel' in engine) pinWheel(engine);
else pinModules(engine);
console.log(`${engine.name} is at ${engine.version}; npx -y pnpm@12.18.0 engines ${engine.name} builds it.`);

/** requirements.txt, with the hash of each platform's wheel. */
function pinWheel({ source, wheel, version, platforms }: WheelEngine): void {
  const directory = mkdtempSync(join(tmpdir(), 'gitops-actions-wheel-'));
  try {
    for (const platform of platforms) {
      const which = ['--no-deps', '--only-binary', ':all:', '--platform', platform, `${wheel}==${version}`];
      execFileSync('python3', ['-m', 'pip', 'download', '--quiet', '--dest', directory, ...which]);
    }
    const hashes = readdirSync(directory)
      .map((file) =>
        createHash('sha256')
          .update(readFileSync(join(directory, file)))
          .digest('hex'),
      )
      .sort();
    const lines = [`${wheel}==${version}`, ...hashes.map((hash) => `    --hash=sha256:${hash}`)];
    writeFileSync(join(source, 'requirements.txt'), `${lines.join(' \\\n')}\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function pinModules({ name, source, module, version, programs }: GoEngine): void {
  const go = (...args: string[]): string => runGo(source, args);
  for (const file of ['go.mod', 'go.sum']) rmSync(join(source, file), { force: true });
  const downloaded = JSON.parse(go('mod', 'download', '-json', `${module}@${version}`)) as { GoMod: string };
  const upstream = JSON.parse(go('mod', 'edit', '-json', downloaded.GoMod)) as GoMod;
  const lines = [
    `module tools/${name}`,
    `go ${upstream.Go}`,
    `require ${module} ${version}`,
    ...(upstream.Replace ?? []).flatMap(({ Old, New }) => replacement(Old, New, version)),
    ...Object.values(programs)
      .filter((path) => !path.startsWith('./'))
      .map((path) => `tool ${path}`),
  ];
  writeFileSync(join(source, 'go.mod'), `${lines.join('\n')}\n`);
  // -e: some modules that only the engines' own tests need cannot be downloaded; the build does without them.
  go('mod', 'tidy', '-e');
}

/** `go build` heeds the replaces of the main module only, so the engine's own are repeated here. */
function replacement(from: Target, to: Target, version: string): string[] {
  const left = `replace ${from.Path}${from.Version === undefined ? '' : ` ${from.Version}`} =>`;
  if (!/^\.\.?\//.test(to.Path)) return [`${left} ${to.Path} ${to.Version ?? ''}`.trimEnd()];
  // Kubernetes publishes its staging folders as modules: v1.34.4 → v0.34.4.
  return to.Path.startsWith('./staging/') ? [`${left} ${from.Path} ${version.replace(/^v1\./, 'v0.')}`] : [];
}

function runGo(cwd: string, args: readonly string[]): string {
  const env = { ...process.env, ...BUILD_ENVIRONMENT };
  return execFileSync('go', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
