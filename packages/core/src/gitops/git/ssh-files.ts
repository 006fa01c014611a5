import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitCredentials } from './credentials.ts';
import type { GitRemote } from './remote.ts';
import type { SshConnection } from './ssh-command.ts';

const KEY = 'key';
const KNOWN_HOSTS = 'known_hosts';

/** What the ssh command of a clone's folder is made of; undefined without ssh. */
export function sshConnection(
  folder: string,
  options: {
    readonly remote: GitRemote;
    readonly credentials: GitCredentials;
    readonly sshProgram?: string;
  },
): SshConnection | undefined {
  const { remote, credentials, sshProgram = 'ssh' } = options;
  if (credentials.kind !== 'ssh') return undefined;
  return {
    program: sshProgram,
    keyFile: join(folder, KEY),
    knownHostsFile: join(folder, KNOWN_HOSTS),
    username: remote.user === '' ? credentials.username : '',
  };
}

/** Writes key and host keys, for this user alone: ssh refuses a key that others may read. */
export async function writeSshFiles(folder: string, credentials: GitCredentials): Promise<void> {
  if (credentials.kind !== 'ssh') return;
  const options = { mode: 0o600, flag: 'wx' };
  await writeFile(join(folder, KEY), credentials.key, options);
  await writeFile(join(folder, KNOWN_HOSTS), credentials.knownHosts, options);
}
