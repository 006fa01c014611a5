import type { Pin } from './third-party.ts';

/**
 * The actions of others that workflows here may use. To take a newer one: read its release notes and its action.yml at the
 * commit, change the entry, then the workflows.
 */
export const pinsOfOthers: Readonly<Record<string, Pin>> = {
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
    inputs: [
      'context',
      'file',
      'tags',
      'push',
      'target',
      'labels',
      'build-args',
      'cache-from',
      'cache-to',
      'platforms',
      'secrets',
      'outputs',
      'sbom',
    ],
    outputs: ['imageid', 'digest', 'metadata'],
  },
  'docker/setup-qemu-action': {
    version: 'v4.2.0',
    sha: '96fe6ef7f33517b61c61be40b68a1882f3264fb8',
    inputs: ['image', 'platforms'],
    outputs: ['platforms'],
  },
  'pnpm/action-setup': {
    version: 'v6.0.9',
    sha: '0ebf47130e4866e96fce0953f49152a61190b271',
    inputs: ['version', 'run_install', 'package_json_file'],
    outputs: ['dest', 'bin_dest'],
  },
  'aquasecurity/trivy-action': {
    // All earlier ones call a setup action that was compromised in March 2026.
    version: 'v0.36.0',
    sha: 'ed142fd0673e97e23eac54620cfb913e5ce36c25',
    inputs: ['image-ref', 'severity', 'scanners', 'ignore-unfixed', 'exit-code', 'format', 'output'],
    outputs: [],
  },
  'azure/login': {
    version: 'v3.0.1',
    sha: 'f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca',
    inputs: ['client-id', 'tenant-id', 'subscription-id'],
    outputs: [],
  },
  'azure/use-kubelogin': {
    version: 'v1.3',
    sha: '0ce7c36141aa27d4934872cf00b0120804c98a29',
    inputs: ['kubelogin-version'],
    outputs: [],
  },
  'azure/aks-set-context': {
    version: 'v5.0.0',
    sha: '60623acbdcbbdcf799ad50a1adf8703874339f8b',
    inputs: ['resource-group', 'cluster-name', 'subscription', 'admin', 'use-kubelogin', 'public-fqdn'],
    outputs: [],
  },
  'treosh/lighthouse-ci-action': {
    // Its tags have no "v".
    version: '12.6.2',
    sha: '3e7e23fb74242897f95c0ba9cabad3d0227b9b18',
    inputs: [
      'urls',
      'budgetPath',
      'configPath',
      'runs',
      'uploadArtifacts',
      'artifactName',
      'temporaryPublicStorage',
    ],
    // It sets the last one without declaring it.
    outputs: ['resultsPath', 'links', 'assertionResults', 'manifest'],
  },
  'slackapi/slack-github-action': {
    version: 'v4.0.0',
    sha: 'dcb1066f776dd043e64d0e8ba94ca15cc7e1875d',
    inputs: ['method', 'token', 'payload', 'errors'],
    outputs: ['ok', 'response', 'time', 'channel_id', 'thread_ts', 'ts'],
  },
  'softprops/action-gh-release': {
    version: 'v3.0.2',
    sha: '3d0d9888cb7fd7b750713d6e236d1fcb99157228',
    inputs: ['tag_name', 'target_commitish', 'name', 'body', 'draft', 'prerelease'],
    outputs: ['url', 'id', 'upload_url', 'assets'],
  },
};
