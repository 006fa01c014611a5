import type { Application } from '@gitops-actions/core/controller';
import { describe, expect, test } from '@jest/globals';
import { followsOther, isFaultOfManifests } from '../src/argocd-render.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const PREFIX =
  'Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ';

test.each<[string, boolean]>([
  [
    "accumulating resources: accumulation err='accumulating resources from 'a.yaml': open a.yaml: no such file or directory'",
    true,
  ],
  ['invalid Kustomization: json: unknown field "resource"', true],
  [
    '`helm template .` failed exit status 1: Error: execution error at (web/templates/a.yaml:3:4): set the tag',
    true,
  ],
  ['Error: parse error at (web/templates/a.yaml:3): unclosed action', true],
  ["Error: values don't meet the specifications of the schema(s) in the following chart(s)", true],
  ['YAML parse error on web/templates/a.yaml: error converting YAML to JSON', true],
  ['shop: app path does not exist', true],
  ['fork/exec /usr/local/bin/kustomize: no such file or directory', false],
  ['`kustomize build` failed exit status 137: signal: killed', false],
  [
    "accumulation err='accumulating resources from 'https://example.com/a.yaml': 404 Not Found': must build at directory: no such file",
    false,
  ],
  ['helm dependency build failed: chart web is not in oci://registry.example/charts', false],
  ['plugin sidecar failed. error generating manifests in cmp: no tool', false],
  ['error creating SOPS session: no key', false],
  ['must build at directory: dial tcp 10.0.0.1:443: connect: connection refused', false],
])('%s: the manifests are to blame: %s', (message, expected) => {
  expect(isFaultOfManifests(PREFIX + message)).toBe(expected);
});

describe('whose error it is', () => {
  const ours = 'https://github.com/acme/gitops';
  const follow = (revision: string, ...targetRevisions: readonly string[]) => {
    const sources = targetRevisions.map((targetRevision) => ({ repoURL: ours, targetRevision }));
    const application: Application = {
      metadata: {},
      spec: { sources },
      status: { sync: { status: 'Unknown', revisions: [revision, ...targetRevisions.slice(1)] } },
    };
    return followsOther(application, {
      isOurs: (url) => url === ours,
      isCurrent: (one) => one === NEW,
      targets: ['main', 'refs/heads/main', 'HEAD', ''],
    });
  };

  test.each<[string, string | undefined, string, string[]]>([
    ['the branch', undefined, 'main', ['main']],
    ['the default branch', undefined, '', ['']],
    ['another branch', 'staging', 'staging', ['staging']],
    ['the commit', undefined, NEW, ['main']],
    ['a commit before, whatever it follows', 'main', OLD, ['main']],
    ['two branches', 'staging', 'main', ['main', 'staging']],
  ])('%s', (_name, expected, revision, targetRevisions) => {
    expect(follow(revision, ...targetRevisions)).toBe(expected);
  });
});
