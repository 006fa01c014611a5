import { join } from 'node:path';
import { git } from '@gitops-actions/testkit';
import type { Answer, Call } from './double.ts';

/** Fetches one commit from GitHub on loopback with the given token, as actions/checkout does, and keeps no token. */
export async function checkout({ input, env }: Call): Promise<Answer> {
  const repository = input('repository') || env.GITHUB_REPOSITORY;
  const isOther = repository !== env.GITHUB_REPOSITORY;
  const ref = input('ref') || (isOther ? 'HEAD' : (env.GITHUB_SHA ?? ''));
  const cwd = join(env.GITHUB_WORKSPACE ?? '', input('path'));
  const login = Buffer.from(`x-access-token:${input('token')}`).toString('base64');
  const header = ['-c', `http.extraheader=Authorization: Basic ${login}`];
  await git(['init', '--quiet', cwd]);
  await git(['remote', 'add', 'origin', `${env.GITHUB_SERVER_URL}/${repository}`], { cwd });
  const depth = input('fetch-depth') === '0' ? [] : ['--depth=1'];
  await git([...header, 'fetch', '--quiet', '--no-tags', ...depth, 'origin', ref], { cwd });
  await git(['checkout', '--quiet', '--force', 'FETCH_HEAD'], { cwd });
  const commit = (await git(['rev-parse', 'HEAD'], { cwd })).trim();
  return { outputs: { ref, commit }, log: `${repository} at ${commit}` };
}
