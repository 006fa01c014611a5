import { mkdtemp, realpath, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ConfigurationError, formatDuration, illegal, messageOf } from '../action/index.ts';
import { insideWorkspace, type KubernetesObject, parseManifest, runKubectl } from '../kubernetes/index.ts';
import type { PreviewSpec } from './engine.ts';
import type { KustomizeJob, Overlay } from './kustomize-job.ts';
import { NAME_REFERENCES } from './kustomize-names.ts';

/** https://kubectl.docs.kubernetes.io/references/kustomize/glossary/#kustomization-root */
const FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
/** As much of kubectl's message as is kept; characters. */
const LONGEST = 2000;

/**
 * Builds an overlay for a preview with kubectl: in the preview's namespace, and, where that is shared, with the preview's
 * name before every name.
 *
 * @throws ConfigurationError when there is no such overlay, or it does not build
 */
export async function buildOverlay(
  { cluster, overlay, ownsNamespace, timeout, signal }: KustomizeJob,
  { name, namespace }: PreviewSpec,
): Promise<readonly KubernetesObject[]> {
  if (overlay === undefined) throw new TypeError('An engine without an overlay only lists and removes.');
  const base = await overlayFolder(overlay);
  const folder = await realpath(await mkdtemp(join(cluster.folder, 'kustomize-')));
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    // Kustomize takes no absolute path.
    resources: [relative(folder, base).split(sep).join('/')],
    namespace,
    ...(!ownsNamespace && { namePrefix: `${name}-`, configurations: ['names.json'] }),
  };
  await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  await writeFile(join(folder, 'names.json'), JSON.stringify(NAME_REFERENCES));
  // Kubectl waits for a server that does not answer, and unfolds aliases, for ever.
  const limit = AbortSignal.timeout(timeout);
  const refuse = (why: string) => doesNotBuild(overlay, why);
  const options = { signal: AbortSignal.any([signal, limit]) };
  const built = await runKubectl(cluster, ['kustomize', folder], options).catch((error: unknown) => {
    if (limit.aborted && !signal.aborted) throw refuse(`It takes longer than ${formatDuration(timeout)}`);
    throw error;
  });
  if (built.exitCode !== 0) throw refuse(`kubectl kustomize says: ${built.stderr.replace(/^error: /, '')}`);
  try {
    return parseManifest(built.stdout.toString('utf8'));
  } catch (error) {
    throw refuse(messageOf(error));
  }
}

async function overlayFolder({ folder, workspace }: Overlay): Promise<string> {
  const path = workspace === '' ? undefined : await insideWorkspace(folder, workspace, 'overlay');
  if (path === undefined) {
    throw new ConfigurationError(
      `Input "overlay" is ${JSON.stringify(folder)}, which is not in the workspace; check the path, and that a step with actions/checkout runs before this one.`,
    );
  }
  for (const file of FILES) if (await stat(join(path, file)).catch(() => undefined)) return path;
  throw illegal('overlay', folder, 'a folder with a kustomization.yaml');
}

function doesNotBuild({ folder }: Overlay, why: string): ConfigurationError {
  const said = why.replace(/\s+/g, ' ').trim().slice(0, LONGEST).replace(/\.?$/, '.');
  // Unquoted braces are a map to YAML, with a map as its key.
  const cure = /invalid map key/.test(said)
    ? ' Values that begin with {{preview.…}} need quotes in YAML.'
    : '';
  return new ConfigurationError(
    `The overlay "${folder}" does not build, so nothing was changed; mend it. ${said}${cure}`,
  );
}
