/** Files and program of an ssh connection. */
export interface SshConnection {
  /** `ssh`, or its path. */
  readonly program: string;
  readonly keyFile: string;
  readonly knownHostsFile: string;
  /** Who signs in when the URL does not say; empty when it does. */
  readonly username: string;
}

/**
 * Value of GIT_SSH_COMMAND: ssh with this key and these host keys, without agent, configuration, questions or forwarding.
 * Git hands it to `sh`, so every word is quoted. https://git-scm.com/docs/git#Documentation/git.txt-GITSSHCOMMAND
 */
export function sshCommand({ program, keyFile, knownHostsFile, username }: SshConnection): string {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${sshPath(knownHostsFile)}`,
    'GlobalKnownHostsFile=none',
    'UpdateHostKeys=no',
    `IdentityFile=${sshPath(keyFile)}`,
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'PreferredAuthentications=publickey',
    'ForwardAgent=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
    'ConnectTimeout=30',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=4',
  ];
  const user = username === '' ? [] : ['-l', username];
  const words = [program, '-F', 'none', '-T', ...user, ...options.flatMap((option) => ['-o', option])];
  return words.map(shellWord).join(' ');
}

/** ssh splits such values at spaces and expands `%d`. https://man.openbsd.org/ssh_config#TOKENS */
function sshPath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
