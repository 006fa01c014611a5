import type { Pin } from './third-party.ts';

/**
 * The actions of GitHub that workflows here may use. To take a newer one: read its release notes and its action.yml at the
 * commit, change the entry, then the workflows.
 */
export const pinsOfGitHub: Readonly<Record<string, Pin>> = {
  'actions/checkout': {
    version: 'v7.0.1',
    sha: '3d3c42e5aac5ba805825da76410c181273ba90b1',
    inputs: ['repository', 'ref', 'token', 'persist-credentials', 'path', 'fetch-depth'],
    outputs: ['ref', 'commit'],
  },
  'actions/create-github-app-token': {
    version: 'v3.2.0',
    sha: 'bcd2ba49218906704ab6c1aa796996da409d3eb1',
    inputs: [
      'client-id',
      'private-key',
      'owner',
      'repositories',
      'permission-contents',
      'permission-pull-requests',
    ],
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
  'actions/setup-node': {
    version: 'v7.0.0',
    sha: '820762786026740c76f36085b0efc47a31fe5020',
    inputs: ['node-version', 'node-version-file', 'cache', 'cache-dependency-path', 'package-manager-cache'],
    outputs: ['cache-hit', 'node-version'],
  },
  'actions/attest': {
    version: 'v4.2.2',
    sha: '1e69f48acb82d1966a394da916b4c1698aa569d6',
    inputs: ['subject-name', 'subject-digest', 'sbom-path', 'push-to-registry'],
    outputs: ['bundle-path', 'attestation-id', 'attestation-url', 'storage-record-ids'],
  },
};
