import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Answer, Call, Double } from './double.ts';

interface Package {
  readonly packageManager?: string;
}

/** The real programs, once the job has got them the way it must on a runner. */
export function createPackageManagers(): Readonly<Record<string, Double>> {
  const got = new Map<string, string>();
  const keyOf = (program: string, { env }: Call) => `${program} in ${env.GITHUB_WORKSPACE}`;
  return {
    async 'pnpm/action-setup'(call) {
      const file = call.input('package_json_file') || 'package.json';
      const version = await versionIn(join(call.cwd, file), 'pnpm');
      if (version === undefined)
        throw new Error(
          'No pnpm version is specified. Please specify it in "packageManager" in the package.json',
        );
      got.set(keyOf('pnpm', call), version);
      return {};
    },
    async pnpm(call) {
      const version = got.get(keyOf('pnpm', call));
      if (version === undefined) throw new Error('pnpm: command not found');
      return run(call, await pathOfPnpm(version), call.args);
    },
    corepack(call) {
      if (call.args.join(' ') !== 'enable yarn')
        throw new Error(`The double does not know "corepack ${call.args.join(' ')}".`);
      got.set(keyOf('yarn', call), '');
      return {};
    },
    async yarn(call) {
      if (!got.has(keyOf('yarn', call))) throw new Error('yarn: command not found');
      const version = (await versionIn(join(call.cwd, 'package.json'), 'yarn')) ?? '1';
      const name = version.startsWith('1') ? 'yarn' : '@yarnpkg/cli-dist';
      const folder = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
      return run(call, process.execPath, [join(folder, 'bin', 'yarn.js'), ...call.args]);
    },
  };
}

/** With the tests' own environment: npm has the version that they are started with. */
async function pathOfPnpm(version: string): Promise<string> {
  const args = ['--yes', `--package=pnpm@${version}`, '--', 'which', 'pnpm'];
  const { stdout } = await promisify(execFile)('npx', args, { cwd: tmpdir() });
  return stdout.trim();
}

async function versionIn(file: string, program: string): Promise<string | undefined> {
  const { packageManager = '' } = JSON.parse(await readFile(file, 'utf8')) as Package;
  const [name, version] = packageManager.split('@');
  return name === program ? version : undefined;
}

async function run({ env, cwd }: Call, program: string, args: readonly string[]): Promise<Answer> {
  const options = { cwd, env: { ...env, YARN_ENABLE_TELEMETRY: '0' } };
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, options);
    return { log: `${stdout}${stderr}`.trimEnd() };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${stdout}${stderr}` || String(error));
  }
}
