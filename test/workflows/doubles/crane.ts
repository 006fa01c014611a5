import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { program } from '@gitops-actions/testkit';
import type { Call } from './double.ts';

/** Runs crane with the logins of the job's own home. Its words are the error when it fails. */
export async function crane({ env }: Pick<Call, 'env'>, ...args: readonly string[]): Promise<string> {
  const options = { env: { HOME: env.HOME, DOCKER_CONFIG: env.DOCKER_CONFIG, PATH: '' }, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(program('crane', 'crane'), args, options);
  return stdout.trim();
}
