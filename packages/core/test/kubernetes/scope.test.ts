import { parseManifest, refuseOutsiders } from '@gitops-actions/core/kubernetes';
import { expect, test } from '@jest/globals';

/** Knows no API group: whatever has to be asked is not there. */
const cluster = {
  exec: async () => ({
    exitCode: 1,
    stdout: Buffer.from(''),
    stderr: 'Error from server (NotFound): the server could not find the requested resource',
  }),
  env: {},
};
const refused = (text: string) =>
  refuseOutsiders(cluster, parseManifest(text), 'previews', new AbortController().signal);

test.each(['', 'namespace: ""', 'namespace:', 'namespace: previews'])(
  '%j is where the preview is',
  async (line) => {
    await refused(`apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  ${line}\n`);
  },
);

test('another namespace is refused', async () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: kube-system}';
  await expect(refused(text)).rejects.toThrow('in the namespace "kube-system"');
});

test.each(['constructor/v1', '__proto__/v1', 'toString'])(
  'an apiVersion such as %s is left to the cluster',
  async (apiVersion) => {
    await refused(`apiVersion: ${apiVersion}\nkind: Deployment\nmetadata: {name: web}`);
  },
);
