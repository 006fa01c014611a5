import type { KubernetesObject } from '../kubernetes/index.ts';

/** Objects that are applied together and must be ready before the next ones come. */
export interface Stage {
  readonly objects: readonly KubernetesObject[];
  /** Made anew with each deployment. */
  readonly isHook: boolean;
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
const HOOK = 'argocd.argoproj.io/hook';
const WAVE = 'argocd.argoproj.io/sync-wave';
/** https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks */
const HELM_HOOK = 'helm.sh/hook';
const HELM_PHASES: Readonly<Record<string, Phase>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
};

type Phase = 'PreSync' | 'Sync' | 'PostSync';

const PHASES: readonly string[] = ['PreSync', 'Sync', 'PostSync'] satisfies Phase[];
/** What a migration may need, and what does not run by itself. */
const SETTINGS: ReadonlySet<string> = new Set([
  ...['ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'PersistentVolumeClaim'],
]);
/** Before everything else. */
const FIRST = -1;

interface Placed {
  readonly object: KubernetesObject;
  readonly phase: number;
  readonly wave: number;
  readonly isHook: boolean;
}

/**
 * The order in which objects are applied, as Argo CD takes it from their annotations: hooks before the rest, the rest by
 * wave, hooks after it. Unlike there, settings without a wave come before the first hook, which may need them.
 *
 * @returns what is left out too: hooks of other moments, such as `SyncFail`, and `Skip`
 */
export function stagesOf(objects: readonly KubernetesObject[]): {
  readonly stages: readonly Stage[];
  readonly skipped: readonly KubernetesObject[];
} {
  const placed = objects.flatMap((object) => place(object) ?? []);
  const hasHooks = placed.some(({ isHook, phase }) => isHook && phase === 0);
  const groups = new Map<string, Placed[]>();
  for (const one of placed.map((each) => (hasHooks ? early(each) : each)).toSorted(byOrder)) {
    const key = `${one.phase} ${one.wave} ${one.isHook}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const stages = [...groups.values()].map((group) => ({
    objects: group.map(({ object }) => object).toSorted((a, b) => rank(a) - rank(b)),
    isHook: group.some(({ isHook }) => isHook),
  }));
  return { stages, skipped: objects.filter((object) => !placed.some((one) => one.object === object)) };
}

function place(object: KubernetesObject): Placed | undefined {
  const { annotations = {} } = object.metadata;
  const wave = Number(annotations[WAVE] ?? 0) || 0;
  const hooks = hooksOf(annotations);
  if (hooks.length === 0) return { object, phase: PHASES.indexOf('Sync'), wave, isHook: false };
  const phase = PHASES.findIndex((name) => hooks.includes(name));
  return phase < 0 ? undefined : { object, phase, wave, isHook: true };
}

function hooksOf(annotations: Readonly<Record<string, string>>): readonly string[] {
  const split = (text = '') => text.split(',').flatMap((word) => word.trim() || []);
  const own = split(annotations[HOOK]);
  return own.length > 0 ? own : split(annotations[HELM_HOOK]).map((hook) => HELM_PHASES[hook] ?? hook);
}

function early(placed: Placed): Placed {
  const isSetting = !placed.isHook && placed.wave === 0 && SETTINGS.has(placed.object.kind);
  return isSetting ? { ...placed, phase: FIRST } : placed;
}

function byOrder(a: Placed, b: Placed): number {
  return a.phase - b.phase || a.wave - b.wave || Number(b.isHook) - Number(a.isHook);
}

/** Settings before what mounts them. */
function rank({ kind }: KubernetesObject): number {
  return SETTINGS.has(kind) ? 0 : 1;
}
