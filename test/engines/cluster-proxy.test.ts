import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { type Command, type Exec, spawnExec } from '@gitops-actions/core/exec';
import {
  createObject,
  listObjects,
  type OpenCluster,
  openCluster,
  readObject,
  withProxy,
} from '@gitops-actions/core/kubernetes';
import { type Cluster, enginePath, startCluster } from '@gitops-actions/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { configMapPath as at, configMap, lifeOf, outcome } from './cluster-life.ts';
import { never } from './helm-stage.ts';
import { describeOn } from './suite.ts';

const NAMESPACE = 'previews';

describeOn(['kubernetes', 'kwok'], 'a cluster behind a proxy of kubectl', () => {
  let kubernetes: Cluster;
  beforeAll(async () => {
    kubernetes = await startCluster();
    await kubernetes.createNamespace(NAMESPACE);
    await kubernetes.grant(NAMESPACE);
  });
  afterAll(() => kubernetes?.close());

  async function open(exec: Exec = spawnExec, kubeconfig = kubernetes.deployerKubeconfig) {
    const environment = { PATH: enginePath(['kubernetes']), HOME: kubernetes.folder };
    return openCluster({ kubeconfig, environment, temp: kubernetes.folder, exec });
  }

  test('does and refuses, in the same words, what a kubectl for each request does', async () => {
    const started: Command[] = [];
    const exec: Exec = (command) => {
      started.push(command);
      return spawnExec(command);
    };
    await using plain = await open(exec);
    const expected = await lifeOf(plain, NAMESPACE, 'plain');
    expect(expected.map((one) => (typeof one === 'string' ? one.replace(/: .*/, '') : typeof one))).toEqual([
      ...['AlreadyExists', 'Other', 'object', 'Conflict', 'object', 'Conflict', 'done', 'NotFound'],
      ...['undefined', 'Forbidden', 'NotFound', 'Forbidden', 'Forbidden'],
    ]);
    expect(started.splice(0)).toHaveLength(expected.length + 1);
    await using proxied = withProxy(await open(exec));
    expect(await lifeOf(proxied, NAMESPACE, 'proxied')).toEqual(expected);
    // What is invalid kubectl says at more length than the server.
    expect(started.map(({ args }) => args[0])).toEqual(['proxy', 'replace']);
  });

  test('is open to this user alone, and gone with the cluster', async () => {
    await using proxied = withProxy(await open());
    expect(await listObjects(proxied, at(NAMESPACE), { labelSelector: 'no=such' }, never)).toEqual([]);
    for (const path of [proxied.folder, `${proxied.folder}/api`])
      expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await proxiesOf(proxied)).toHaveLength(1);
    await proxied[Symbol.asyncDispose]();
    expect(await proxiesOf(proxied)).toEqual([]);
    await expect(stat(proxied.folder)).rejects.toThrow('ENOENT');
  });

  test('is done without when it dies', async () => {
    await using proxied = withProxy(await open());
    await createObject(proxied, at(NAMESPACE), configMap('lasting'), never);
    for (const pid of await proxiesOf(proxied)) process.kill(pid, 'SIGKILL');
    const found = await readObject(proxied, at(NAMESPACE, 'lasting'), never);
    expect(found).toMatchObject({ metadata: { name: 'lasting' } });
  });

  test('is done without where kubectl does not know it', async () => {
    const started: string[] = [];
    const exec: Exec = (command) => {
      const args = command.args.map((arg) => arg.replace('--append-server-path', '--no-such-flag'));
      started.push(args[0] ?? '');
      return spawnExec({ ...command, args });
    };
    await using proxied = withProxy(await open(exec));
    expect(await readObject(proxied, at(NAMESPACE, 'missing'), never)).toBeUndefined();
    expect(started).toEqual(['proxy', 'get']);
  });

  test.each<[string, RegExp, string, string]>([
    ['an expired token', /token: .*/, 'token: expired', 'Unauthorized'],
    ['nobody there', /server: .*/, 'server: https://127.0.0.1:1', 'Unavailable'],
    ['a server that is not trusted', /certificate-authority-data: .*/, '', 'Other'],
    ['no such context', /current-context: .*/, 'current-context: none', 'Other'],
    ['no kubeconfig', /.*/s, '', 'Other'],
  ])('%s: the same sentence', async (_name, pattern, replacement, reason) => {
    const kubeconfig = kubernetes.deployerKubeconfig.replace(pattern, replacement);
    expect(kubeconfig).not.toBe(kubernetes.deployerKubeconfig);
    await using plain = await open(spawnExec, kubeconfig);
    await using proxied = withProxy(await open(spawnExec, kubeconfig));
    const create = (cluster: OpenCluster) => createObject(cluster, at(NAMESPACE), configMap('x'), never);
    const said = await outcome(() => create(plain));
    expect(said).toMatch(new RegExp(`^${reason}: .{20}`));
    expect(await outcome(() => create(proxied))).toBe(said);
  });

  test('a cancellation is not held up by a kubectl that does not start to listen', async () => {
    const exec: Exec = async ({ signal }) => {
      const ended = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => ended.reject(signal.reason));
      return ended.promise;
    };
    await using proxied = withProxy(await open(exec));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const reading = readObject(proxied, at(NAMESPACE, 'x'), controller.signal);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

/** Process ids of the proxies that listen in a cluster's folder. */
async function proxiesOf({ folder }: OpenCluster): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,args=']);
  const lines = stdout.split('\n').filter((line) => line.includes(`proxy --unix-socket=${folder}/`));
  return lines.map((line) => Number.parseInt(line, 10));
}
