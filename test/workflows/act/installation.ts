import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { actions, root } from '../../../scripts/project.ts';
import { ENVIRONMENT_PROTECTION } from '../doubles/environment-protection.ts';
import { DEFAULTS, PROGRAMS } from '../doubles/index.ts';
import { workflows } from '../project.ts';
import { type Pin, thirdParty } from '../third-party.ts';
import { forAct } from './rewrite.ts';

/** What rewrite.ts puts into the jobs of environments. */
const GATE = { version: '', inputs: ['environment'], outputs: [] };

/** Where act finds what GitHub would load. */
export interface Installation {
  /** Values of `--local-repository`. */
  readonly repositories: readonly string[];
  /** Folder for the PATH, with the doubles of programs. */
  readonly programs: string;
}

/** Copies this repository and writes the doubles of everybody else's actions. */
export async function install(folder: string): Promise<Installation> {
  const own = join(folder, 'gitops-actions');
  await copyProject(own);
  const client = await readFile(join(root, 'test/workflows/doubles/client.mjs'), 'utf8');
  const doubles = Object.entries(thirdParty).map(([name, pin]) => [name, `${name}@${pin.sha}`, pin] as const);
  const gate = [ENVIRONMENT_PROTECTION, ENVIRONMENT_PROTECTION, GATE] as const;
  const written = await Promise.all(
    [...doubles, gate].map(async ([name, uses, described]) => {
      const place = join(folder, 'actions', name);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, 'action.yml'), JSON.stringify(actionFile(name, described)));
      await writeFile(join(place, 'index.mjs'), clientFor(client, name));
      return `${uses}=${place}`;
    }),
  );
  const programs = join(folder, 'bin');
  await writePrograms(programs, client);
  return { repositories: [`gitops-actions/gitops-actions@v1=${own}`, ...written], programs };
}

/** What a release has: action.yml and bundle of each action, and the reusable workflows. */
async function copyProject(to: string): Promise<void> {
  for (const name of actions) {
    for (const file of ['action.yml', 'dist']) {
      await cp(join(root, 'actions', name, file), join(to, 'actions', name, file), { recursive: true });
    }
  }
  // Those that only the reusable workflows use have no bundle.
  await cp(join(root, '.github', 'actions'), join(to, '.github', 'actions'), { recursive: true });
  for (const { path, lines } of workflows.filter(({ call }) => call !== undefined)) {
    await mkdir(join(to, dirname(path)), { recursive: true });
    await writeFile(join(to, path), forAct(lines.join('\n')));
  }
}

/** JSON is YAML too. */
function actionFile(name: string, { version, inputs, outputs }: Omit<Pin, 'sha'>) {
  const described = (names: readonly string[]) =>
    Object.fromEntries(names.map((one) => [one, { description: one }]));
  const defaults = Object.entries(DEFAULTS[name] ?? {}).map(([input, value]) => [
    input,
    { description: input, default: value },
  ]);
  return {
    name,
    description: `Double of ${name} ${version}`,
    inputs: { ...described(inputs), ...Object.fromEntries(defaults) },
    outputs: described(outputs),
    runs: { using: 'node24', main: 'index.mjs' },
  };
}

/** The client finds out in its first lines what it stands for. */
function clientFor(client: string, name: string, isProgram = false): string {
  const args = isProgram ? 'process.argv.slice(2)' : '[]';
  return `const [name, isProgram, args] = [${JSON.stringify(name)}, ${isProgram}, ${args}];\n${client}`;
}

async function writePrograms(folder: string, client: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of PROGRAMS) {
    const file = join(folder, name);
    // Without an ending in its name Node takes it for a module by its import.
    await writeFile(file, `#!/usr/bin/env node\n${clientFor(client, name, true)}`);
    await chmod(file, 0o755);
  }
}
