import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Exec, spawnExec } from '@gitops-actions/core/exec';
import { createObject, openCluster, readObject, withProxy } from '@gitops-actions/core/kubernetes';
import { enginePath, temporaryDirectory } from '@gitops-actions/testkit';
import { expect, test } from '@jest/globals';
import { configMapPath as at, configMap, outcome } from './cluster-life.ts';
import { never } from './helm-stage.ts';
import { describeOn } from './suite.ts';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, body: object) => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});
const plain = (status: number, body: string) => ({ status, type: 'text/plain', body });
const refusal = (code: number, reason: string) =>
  json(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'said so', reason, code });
const FOUND = json(200, configMap('web'));

/** What stands where the address of a cluster leads: an API server, or something before it. */
describeOn(['kubernetes'], 'answers that a proxy of kubectl brings', () => {
  test('come from below the path of the server', async () => {
    await using scene = await open([FOUND]);
    expect(await readObject(scene.cluster, at('a', 'web'), never)).toEqual(configMap('web'));
    expect(scene.asked).toEqual(['/k8s/clusters/c-1/api/v1/namespaces/a/configmaps/web']);
    expect(scene.started).toEqual(['proxy']);
  });

  test.each<[string, Answer]>([
    ['a login that is over', refusal(401, 'Unauthorized')],
    ['too many requests', refusal(429, 'TooManyRequests')],
    ['a server in trouble', refusal(500, 'InternalError')],
    ['a gateway that reaches nobody', plain(502, 'bad gateway')],
    ['a gateway that refuses', plain(403, 'forbidden')],
    ['a gateway that knows no such page, in JSON', json(404, { type: 'error', status: '404' })],
    ['a page that is no JSON', { status: 404, type: 'application/json', body: '{not found' }],
    ['a redirection', plain(302, '')],
  ])('do not decide when they are %s: kubectl asks once more', async (_name, answer) => {
    await using scene = await open([answer, FOUND]);
    expect(await readObject(scene.cluster, at('a', 'web'), never)).toEqual(configMap('web'));
    expect(scene.started).toEqual(['proxy', 'get']);
    expect(scene.asked).toHaveLength(2);
  });

  test.each<[string, Answer, string]>([
    ['AlreadyExists', refusal(409, 'AlreadyExists'), 'AlreadyExists: said so.'],
    ['Conflict', refusal(409, 'Conflict'), 'Conflict: said so.'],
    ['Forbidden', refusal(403, 'Forbidden'), 'Forbidden: The cluster refused: said so.'],
    ['NotFound', refusal(404, 'NotFound'), 'NotFound: said so.'],
    ['no reason', refusal(400, ''), 'Other: said so.'],
  ])('decide when the API server refuses: %s', async (_name, answer, said) => {
    await using scene = await open([answer, FOUND]);
    const creating = () => createObject(scene.cluster, at('a'), configMap('web'), never);
    expect(await outcome(creating)).toBe(said);
    expect(scene.started).toEqual(['proxy']);
    expect(scene.asked).toHaveLength(1);
  });
});

/** Answers one after the other. */
async function open(answers: readonly Answer[]) {
  const resources = new AsyncDisposableStack();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { status, type, body } = answers[asked.length] ?? plain(418, 'asked too often');
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  resources.defer(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const temp = resources.use(await temporaryDirectory());
  const kubeconfig = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}/k8s/clusters/c-1` } }],
    contexts: [{ name: 'c', context: { cluster: 'c' } }],
    'current-context': 'c',
  });
  const environment = { PATH: enginePath(['kubernetes']), HOME: temp.path };
  const started: string[] = [];
  const exec: Exec = (command) => {
    started.push(command.args[0] ?? '');
    return spawnExec(command);
  };
  const opened = await openCluster({ kubeconfig, environment, temp: temp.path, exec });
  const cluster = resources.use(withProxy(opened));
  return { cluster, asked, started, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
