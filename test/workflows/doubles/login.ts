import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, Call } from './double.ts';

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth: string }>>;
}

/** Keeps the login where Docker keeps it: jobs of this run share the folder. */
export async function login({ input, env }: Call): Promise<Answer> {
  const [registry, username, password] = [input('registry'), input('username'), input('password')];
  if (username === '' || password === '') throw new Error('Username and password required');
  await keepLogin(env, registry, username, password);
  return { log: 'Login Succeeded!' };
}

/** Writes one login into Docker's config.json. */
export async function keepLogin(
  env: Call['env'],
  registry: string,
  username: string,
  password: string,
): Promise<void> {
  const folder = env.DOCKER_CONFIG ?? join(env.HOME ?? '', '.docker');
  const file = join(folder, 'config.json');
  const before = await readFile(file, 'utf8').catch(() => '{}');
  const { auths = {} } = JSON.parse(before) as DockerConfig;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  await mkdir(folder, { recursive: true });
  // Another job may read it at this moment.
  const draft = `${file}.${crypto.randomUUID()}`;
  await writeFile(draft, JSON.stringify({ auths: { ...auths, [registry]: { auth } } }));
  await rename(draft, file);
}
