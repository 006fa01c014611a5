import { explainCluster, helmSaid } from '@gitops-actions/core/kubernetes';
import { expect, test } from '@jest/globals';

/** What kubectl 1.34 and helm 3 and 4 printed, and what it means. */
test.each<readonly [string, string, string]>([
  [
    'Error from server (NotFound): configmaps "preview-pr-1" not found',
    'NotFound',
    'configmaps "preview-pr-1" not found.',
  ],
  [
    'Error from server (AlreadyExists): configmaps "x" already exists\n',
    'AlreadyExists',
    'configmaps "x" already exists.',
  ],
  [
    'Error from server (Conflict): Operation cannot be fulfilled on configmaps "x": the object has been modified',
    'Conflict',
    'Operation cannot be fulfilled on configmaps "x": the object has been modified.',
  ],
  [
    'Error from server (Forbidden): configmaps is forbidden: User "deployer" cannot create resource "configmaps" in API group "" in the namespace "closed"',
    'Forbidden',
    'The cluster refused: configmaps is forbidden: User "deployer" cannot create resource "configmaps" in API group "" in the namespace "closed". Give that right to the account of the kubeconfig.',
  ],
  [
    'Error from server (Forbidden): pods "web" is forbidden: exceeded quota: none',
    'Forbidden',
    'The cluster refused: pods "web" is forbidden: exceeded quota: none.',
  ],
  [
    'error: You must be logged in to the server (Unauthorized)',
    'Unauthorized',
    'The cluster does not accept the credentials of the kubeconfig (You must be logged in to the server (Unauthorized)); they may have expired, so renew them.',
  ],
  [
    'E1121 12:00:00.000000 7 memcache.go:265] "Unhandled Error" err="dial tcp"\nThe connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
    'Unavailable',
    'The cluster does not answer: The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port? Check the address in the kubeconfig and that the runner reaches it.',
  ],
  [
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    'Other',
    'No cluster is configured: set the input "kubeconfig" to a kubeconfig with a "current-context", or log in to the cluster in an earlier step.',
  ],
  [
    'Error from server (Forbidden): secrets is forbidden: User "deployer" cannot list resource "secrets": RBAC: clusterrole "edit" not found',
    'Unavailable',
    'The cluster does not answer: secrets is forbidden: User "deployer" cannot list resource "secrets": RBAC: clusterrole "edit" not found. Check the address in the kubeconfig and that the runner reaches it.',
  ],
  ['Error from server (ServiceUnavailable): apiserver not ready', 'Unavailable', 'apiserver not ready'],
  ['error: something else', 'Other', 'something else.'],
])('%s', (stderr, reason, message) => {
  const error = explainCluster(stderr);
  expect(error.reason).toBe(reason);
  if (reason === 'Unavailable') expect(error.message).toContain(message);
  else expect(error.message).toBe(message);
});

test.each([
  [
    'WARNING: Kubernetes configuration file is group-readable\nError: UPGRADE FAILED: context deadline exceeded\n',
    'context deadline exceeded.',
  ],
  [
    'level=WARN msg="x"\nError: INSTALLATION FAILED: execution error at (shop/templates/a.yaml:1:3):\n  no image\n',
    'execution error at (shop/templates/a.yaml:1:3): no image.',
  ],
  ['Error: UPGRADE FAILED: release x failed: \n\nError: repo charts not found', 'repo charts not found.'],
])('helm says %j', (stderr, said) => {
  expect(helmSaid(stderr)).toBe(said);
});
