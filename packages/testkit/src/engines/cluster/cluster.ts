import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enginePath, program } from '../catalog.ts';
import { type Programs, startPrograms } from '../programs/programs.ts';
import { runProgram } from '../run-program.ts';
import { kubeconfigText, readCertificate, writeAccessFiles } from './access.ts';
import { createApi } from './api.ts';
import { startControllers, startControlPlane } from './control-plane.ts';
import { createGrant } from './grant.ts';
import { createKinds } from './kinds.ts';
import { createKubectl } from './kubectl.ts';
import { startNodes } from './nodes.ts';
import { createObjects } from './objects.ts';
import type { Cluster } from './types.ts';
import { volumes } from './volumes.ts';

/**
 * A Kubernetes cluster on loopback: the real API server with RBAC, controllers and scheduler, on one node without a
 * kubelet whose pods become ready at once, or have the fate that their image's tag or label says.
 *
 * @throws Error when its engines (`kubernetes`, `kwok`) are not built, or a program ends
 */
export async function startCluster(): Promise<Cluster> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'testkit-cluster-')));
  const programs = startPrograms(folder);
  try {
    return await assemble(folder, programs);
  } catch (error) {
    // What went wrong first is what counts.
    await programs.close().catch(() => undefined);
    throw error;
  }
}

async function assemble(folder: string, programs: Programs): Promise<Cluster> {
  const tokens = await writeAccessFiles(folder);
  const { url, ready } = await startControlPlane(folder, programs, tokens.admin);
  const certificate = await readCertificate(folder);
  const kubeconfig = kubeconfigText(url, certificate, tokens.admin);
  const file = join(folder, 'kubeconfig');
  await writeFile(file, kubeconfig, { mode: 0o600 });
  await startControllers(folder, programs, file);
  const env = { PATH: enginePath(['kubernetes']), HOME: folder, KUBECONFIG: file };
  const api = createApi(url, tokens.admin, certificate);
  const objects = createObjects(api, createKinds(api));
  const { setLogs } = await startNodes(folder, programs, file, objects);
  return {
    ...objects,
    kubectl: createKubectl(folder, env),
    url,
    kubeconfig,
    deployerKubeconfig: kubeconfigText(url, certificate, tokens.deployer),
    api,
    folder,
    env,
    programs,
    async helm(version, ...args) {
      return (await runProgram(program(`helm${version}`, 'helm'), args, { cwd: folder, env })).stdout;
    },
    async createNamespace(name) {
      await api.create('/api/v1/namespaces', { metadata: { name } });
    },
    grant: createGrant(api, programs),
    addVolumes: (count) => objects.apply(...volumes(count)),
    setLogs,
    ready,
    close: programs.close,
    [Symbol.asyncDispose]: programs.close,
  };
}
