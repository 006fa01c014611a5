import { inventoryReasons, kustomizationInventory, readyOf, saidOf } from '@gitops-actions/core/controller';
import { ClusterError, failureReasons, plainLine } from '@gitops-actions/core/kubernetes';
import type { EngineOptions } from './engine.ts';
import { carrierOf, type FluxPart, fluxWhere } from './flux-kinds.ts';
import { bringsWorkload, liveWorkloads } from './flux-live.ts';

/** More would be a wall of text. */
const MOST_PARTS = 3;

/** What Flux's objects complain about, and what the pods say. */
export async function explainParts(
  options: EngineOptions,
  parts: readonly FluxPart[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const explained = parts.slice(0, MOST_PARTS).map((part) => explain(options, part, signal));
  return [...new Set((await Promise.all(explained)).flat())];
}

async function explain(
  options: EngineOptions,
  part: FluxPart,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { cluster, logLines } = options;
  const { object } = part;
  const carrier = carrierOf(part);
  const said = [object, carrier === object ? undefined : carrier].flatMap((one) => {
    const text = one && saidOf(readyOf(one));
    return text
      ? [`${fluxWhere(one === object ? part : ownerPart(part, one?.metadata.name))}: ${plainLine(text)}`]
      : [];
  });
  if (!bringsWorkload(part)) return said;
  const pods =
    part.kind === 'HelmRelease'
      ? await releasePods(options, part, signal)
      : await inventoryReasons(cluster, part.object ? kustomizationInventory(part.object) : [], {
          logLines,
          signal,
        });
  return [...said, ...pods];
}

function ownerPart(part: FluxPart, name = ''): Pick<FluxPart, 'kind' | 'name' | 'namespace'> {
  return { kind: 'Kustomization', name, namespace: part.namespace };
}

async function releasePods(
  options: EngineOptions,
  part: Extract<FluxPart, { kind: 'HelmRelease' }>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { cluster, logLines } = options;
  const namespace = part.object?.spec?.targetNamespace ?? part.namespace;
  try {
    const objects = await liveWorkloads(options, part, signal);
    return await failureReasons(cluster, { namespace, objects, logLines, signal });
  } catch (error) {
    if (error instanceof ClusterError) return [];
    throw error;
  }
}
