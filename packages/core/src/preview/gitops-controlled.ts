import type { Log } from '../action/index.ts';
import { appliedReasons, type Descends } from '../controller/index.ts';
import type { GitOpsRepository } from '../gitops/index.ts';
import type { Cluster } from '../kubernetes/index.ts';
import type { Controller, Reconciliation } from './controller.ts';
import { untilGone } from './controller-gone.ts';
import { type ControllerWait, refuseUnfit, untilReady } from './controller-ready.ts';
import type { Deployed, LivePreview, PreviewEngine, PreviewSpec, Removal } from './engine.ts';
import { PreviewFailed } from './preview-failed.ts';
import { RECORD_FILE } from './record.ts';

export interface ControlledOptions {
  readonly controller: Controller;
  /** The one that the controller brings the previews into. */
  readonly cluster: Cluster;
  readonly repository: GitOpsRepository;
  /** Folder of the GitOps repository that holds one folder per preview; no slash at either end. */
  readonly path: string;
  readonly descends: Descends;
  /** Whether the preview's namespace is its own. */
  readonly ownsNamespace: boolean;
  /** How long the controller may take; milliseconds. */
  readonly timeout: number;
  /** Lines of a failing container's log in the reason. */
  readonly logLines: number;
  readonly log: Log;
}

/**
 * The engine gitops with a look into the cluster: a preview is deployed once the controller says that its files run, and
 * removed once what the controller applied is gone.
 */
export function withController(engine: PreviewEngine, options: ControlledOptions): PreviewEngine {
  return {
    ...engine,
    deploy: (preview, signal) => deploy(engine, options, preview, signal),
    remove: (preview, signal) => remove(engine, options, preview, signal),
  };
}

async function deploy(
  engine: PreviewEngine,
  options: ControlledOptions,
  preview: PreviewSpec,
  signal: AbortSignal,
): Promise<Deployed> {
  const { controller, cluster, logLines, path } = options;
  const folder = `${path}/${preview.name}`;
  await refuseUnfit(controller, preview, folder, signal);
  const deployed = await engine.deploy(preview, signal);
  if (deployed.kind !== 'deployed') return deployed;
  const readiness = await untilReady(waitOf(options, signal), preview, folder, deployed.commit);
  if (readiness.kind === 'ready') return deployed;
  const standing = await engine.check(preview, signal);
  if (standing.kind === 'replaced') return { kind: 'superseded', by: standing.by };
  const { last, message } = readiness;
  const reasons = last ? await appliedReasons(cluster, ownOf(last, preview), { logLines, signal }) : [];
  throw new PreviewFailed(`${message.replace(/\.?$/, '.')} Its files are in ${deployed.where}.`, reasons);
}

/** What of it is the preview's: one Kustomization may bring more than that. */
function ownOf({ complaints, inventory }: Reconciliation, { namespace }: PreviewSpec) {
  const own = inventory.filter((reference) => reference.namespace === namespace);
  return { complaints, inventory: own, namespace };
}

async function remove(
  engine: PreviewEngine,
  options: ControlledOptions,
  live: LivePreview,
  signal: AbortSignal,
): Promise<Removal> {
  const { controller, cluster, path, repository } = options;
  const { record: preview } = live;
  const folder = `${path}/${preview.name}`;
  const before = await controller.read(preview, folder, signal);
  const removal = await engine.remove(live, signal);
  if (removal.kind !== 'removed') return removal;
  if (before === undefined) return { ...removal, remark: `there was no ${controller.whereOf(preview)}` };
  if (before.problem !== undefined)
    return withLeftovers(removal, [`whatever the ${before.where} applied, which ${before.problem}`]);
  const { head: commit } = await repository.read([`${folder}/${RECORD_FILE}`], signal);
  const left = await untilGone(waitOf(options, signal), cluster, { preview, folder, commit, before });
  return { ...withLeftovers(removal, left), ...remarkOf(options, before) };
}

function waitOf(
  { controller, descends, timeout, log }: ControlledOptions,
  signal: AbortSignal,
): ControllerWait {
  return { controller, descends, timeout, log, signal };
}

type Gone = Extract<Removal, { kind: 'removed' }>;

function withLeftovers(removal: Gone, more: readonly string[]): Gone {
  return { ...removal, leftovers: [...removal.leftovers, ...more] };
}

function remarkOf({ ownsNamespace }: ControlledOptions, { stays }: Reconciliation): Pick<Gone, 'remark'> {
  return ownsNamespace && stays !== '' ? { remark: stays } : {};
}
