/** What is known of an action of somebody else. */
export interface Pin {
  readonly version: string;
  /** The commit that the version's tag points to, not the tag object. */
  readonly sha: string;
  /** The inputs that may be passed, read in its action.yml. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The actions of others that workflows here may use. To take a newer one: read its release notes and its action.yml at
 * the commit, change the entry, then the workflows.
 */
export const thirdParty: Readonly<Record<string, Pin>> = {
  'actions/checkout': {
    version: 'v7.0.1',
    sha: '3d3c42e5aac5ba805825da76410c181273ba90b1',
    inputs: ['repository', 'ref', 'token', 'persist-credentials', 'path', 'fetch-depth'],
    outputs: ['ref', 'commit'],
  },
  'actions/create-github-app-token': {
    version: 'v3.2.0',
    sha: 'bcd2ba49218906704ab6c1aa796996da409d3eb1',
    inputs: ['client-id', 'private-key', 'owner', 'repositories', 'permission-contents'],
    outputs: ['token', 'installation-id', 'app-slug'],
  },
  'actions/upload-artifact': {
    version: 'v7.0.1',
    sha: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a',
    inputs: ['name', 'path', 'if-no-files-found', 'retention-days', 'overwrite'],
    outputs: ['artifact-id', 'artifact-url', 'artifact-digest'],
  },
  'actions/download-artifact': {
    version: 'v8.0.1',
    sha: '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c',
    inputs: ['name', 'path', 'run-id', 'github-token', 'repository'],
    outputs: ['download-path'],
  },
  'actions/setup-go': {
    version: 'v7.0.0',
    sha: 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e',
    inputs: ['go-version', 'go-version-file', 'check-latest', 'cache', 'cache-dependency-path'],
    outputs: ['go-version', 'cache-hit'],
  },
  'actions/cache': {
    version: 'v6.1.0',
    sha: '55cc8345863c7cc4c66a329aec7e433d2d1c52a9',
    inputs: ['path', 'key', 'restore-keys', 'fail-on-cache-miss', 'lookup-only'],
    outputs: ['cache-hit'],
  },
  'docker/setup-buildx-action': {
    version: 'v4.3.0',
    sha: '37fe631027851001ddb9b187196cc803df7f5f0e',
    inputs: ['version', 'driver', 'driver-opts', 'cache-binary'],
    outputs: ['name', 'driver', 'platforms', 'nodes'],
  },
  'docker/login-action': {
    version: 'v4.6.0',
    sha: 'dbcb813823bdd20940b903addbd779551569679f',
    inputs: ['registry', 'username', 'password', 'logout'],
    outputs: [],
  },
  'docker/build-push-action': {
    version: 'v7.3.0',
    sha: '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a',
    inputs: ['context', 'file', 'tags', 'push', 'target', 'labels', 'build-args', 'cache-from', 'cache-to'],
    outputs: ['imageid', 'digest', 'metadata'],
  },
};

/** `owner/name@ref` of somebody else's action; the name without a folder in it. */
export function parseThirdParty(uses: string): { readonly name: string; readonly ref: string } {
  const [path = '', ref = ''] = uses.split('@');
  return { name: path.split('/').slice(0, 2).join('/'), ref };
}
