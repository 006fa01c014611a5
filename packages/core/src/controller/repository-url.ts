/**
 * Whether two addresses are of one repository, whichever way it is reached: https, ssh, or `git@host:path`, with or without
 * `.git`. Ports are left out, because ssh and https have different ones.
 */
export function isSameRepository(one: string, other: string): boolean {
  const key = keyOf(one);
  return key !== '' && key === keyOf(other);
}

function keyOf(address: string): string {
  const [, host = '', path = ''] = /^(?:[^@/:]+@)?([^@/:]{2,}):(?!\/\/)(.+)$/.exec(address) ?? [];
  if (host !== '') return plain(host, path);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url === undefined ? '' : plain(url.hostname, url.pathname);
}

function plain(host: string, path: string): string {
  const name = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/i, '');
  // https://docs.github.com/authentication/troubleshooting-ssh/using-ssh-over-the-https-port
  return name === '' ? '' : `${host.replace(/^ssh\.(?=github\.com$)/i, '')}/${name}`.toLowerCase();
}
