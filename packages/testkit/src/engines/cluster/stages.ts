import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { requireEngine } from '../catalog.ts';
import { FATES, type Fate, statusTemplate } from './fates.ts';

interface Condition {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** https://kwok.sigs.k8s.io/docs/user/stages-configuration/ */
interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: { readonly matchExpressions: readonly Condition[] };
    readonly weight?: number;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** A pod's label, or the end of its first image's tag: a release is broken by its image alone. */
const FATE_KEY = `.metadata.labels["test.gitops/fate"] // (.spec.containers[0].image | capture(":.*(?<f>${Object.keys(FATES).join('|')})(@sha256:.*)?$").f)`;
const READY_AFTER = '.metadata.annotations["test.gitops/ready-after"]';

/** kwok's configuration: what nodes and pods do. One JSON document a line, which is YAML as well. */
export function stagesText(logs: { readonly current: string; readonly previous: string }): string {
  const ready = builtIn('pod/fast/pod-ready.yaml');
  const stages = [
    builtIn('node/fast/node-initialize.yaml'),
    builtIn('node/heartbeat/node-heartbeat.yaml'),
    ready,
    onlyWhenReady(builtIn('pod/fast/pod-complete.yaml')),
    builtIn('pod/fast/pod-delete.yaml'),
    readyAfter(ready),
    ...Object.entries(FATES).map(([name, fate]) => fateStage(name, fate)),
  ];
  const clusterLogs = {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'all' },
    spec: { logs: [{ logsFile: logs.current, previousLogsFile: logs.previous }] },
  };
  return [...stages, clusterLogs].map((document) => JSON.stringify(document)).join('\n---\n');
}

function builtIn(path: string): Stage {
  const file = join(requireEngine('kwok'), 'files', 'kwok', 'kustomize/stage', path);
  return parse(readFileSync(file, 'utf8')) as Stage;
}

function where(stage: Stage, name: string, conditions: readonly Condition[], spec: object): Stage {
  const matchExpressions = [...stage.spec.selector.matchExpressions, ...conditions];
  return { ...stage, metadata: { name }, spec: { ...stage.spec, selector: { matchExpressions }, ...spec } };
}

/** A Job's pod that never becomes ready hangs instead of succeeding. */
const onlyWhenReady = (stage: Stage): Stage =>
  where(
    stage,
    stage.metadata.name,
    [
      {
        key: '.status.conditions.[] | select( .type == "Ready" ) | .status',
        operator: 'In',
        values: ['True'],
      },
    ],
    {},
  );

const readyAfter = (stage: Stage): Stage =>
  where(stage, 'ready-after', [{ key: READY_AFTER, operator: 'Exists' }], {
    weight: 5000,
    delay: { durationMilliseconds: 1000, durationFrom: { expressionFrom: READY_AFTER } },
  });

// Among matching stages kwok draws by weight; those it brings have none.
const fateStage = (name: string, fate: Fate): Stage => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: `fate-${name}` },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: {
      matchExpressions: [
        { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
        { key: '.status.podIP', operator: 'DoesNotExist' },
        { key: FATE_KEY, operator: 'In', values: [name] },
      ],
    },
    weight: 10_000,
    next: { event: { type: 'Warning', ...fate.event }, statusTemplate: statusTemplate(fate) },
  },
});
