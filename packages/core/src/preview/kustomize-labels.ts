import type { KubernetesObject, Labels } from '../kubernetes/index.ts';

/** As much of an object as carries labels and selectors. */
interface Labelled extends KubernetesObject {
  readonly spec?: LabelledSpec;
}

interface LabelledSpec {
  readonly selector?: Labels | Selector;
  readonly podSelector?: Selector;
  readonly template?: Template;
  readonly jobTemplate?: Template;
  readonly volumeClaimTemplates?: readonly Template[];
}

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly unknown[];
}

interface Template {
  readonly metadata?: { readonly labels?: Labels };
  readonly spec?: { readonly containers?: unknown; readonly template?: Template };
}

export interface PreviewLabels {
  /** Of every object; may change with each deployment. */
  readonly object: Labels;
  /** Of pods and claims: must stay the same, because a change starts all pods anew. */
  readonly pod: Labels;
  /** Of selectors, which may never change. A part of those of pods. */
  readonly selector: Labels;
}

/**
 * Puts a preview's labels on an object, its pod templates and its claim templates, by structure, so that a kind needs no
 * code; and narrows its selectors to the preview, because two previews of one overlay have all other labels in common.
 */
export function labelObject(object: KubernetesObject, labels: PreviewLabels): KubernetesObject {
  const { kind, metadata } = object;
  const { spec } = object as Labelled;
  return {
    ...object,
    metadata: { ...metadata, labels: { ...metadata.labels, ...labels.object } },
    ...(typeof spec === 'object' &&
      spec !== null && { spec: labelSpec(kind, object.apiVersion, spec, labels) }),
  };
}

function labelSpec(
  kind: string,
  apiVersion: string,
  spec: LabelledSpec,
  { pod, selector }: PreviewLabels,
): LabelledSpec {
  const { template, jobTemplate, volumeClaimTemplates } = spec;
  return {
    ...spec,
    ...narrowed(kind, apiVersion, spec, selector),
    ...(isPodTemplate(template) && { template: labelTemplate(template, pod) }),
    ...(jobTemplate && {
      jobTemplate: {
        ...labelTemplate(jobTemplate, pod),
        spec: {
          ...jobTemplate.spec,
          ...(jobTemplate.spec?.template && { template: labelTemplate(jobTemplate.spec.template, pod) }),
        },
      },
    }),
    ...(Array.isArray(volumeClaimTemplates) && {
      volumeClaimTemplates: volumeClaimTemplates.map((claim) => labelTemplate(claim, pod)),
    }),
  };
}

/** An empty selector of a workload takes its labels from the template: there is nothing to narrow. */
function narrowed(
  kind: string,
  apiVersion: string,
  { selector, podSelector, template }: LabelledSpec,
  own: Labels,
): Partial<LabelledSpec> {
  if (kind === 'NetworkPolicy') return podSelector ? { podSelector: narrow(podSelector, own) } : {};
  if (selector === undefined || selector === null || Object.keys(selector).length === 0) return {};
  const isPlain = apiVersion === 'v1' && (kind === 'Service' || kind === 'ReplicationController');
  if (isPlain) return { selector: { ...(selector as Labels), ...own } };
  const isOfPods = isPodTemplate(template) || kind === 'PodDisruptionBudget';
  return isOfPods && isSelector(selector) ? { selector: narrow(selector, own) } : {};
}

function narrow(selector: Selector, own: Labels): Selector {
  return { ...selector, matchLabels: { ...selector.matchLabels, ...own } };
}

function isSelector(selector: Labels | Selector): selector is Selector {
  return typeof selector.matchLabels === 'object' || Array.isArray(selector.matchExpressions);
}

function isPodTemplate(template: Template | undefined): template is Template {
  return Array.isArray(template?.spec?.containers);
}

function labelTemplate<Kind extends Template>(template: Kind, labels: Labels): Kind {
  const { metadata } = template;
  return { ...template, metadata: { ...metadata, labels: { ...metadata?.labels, ...labels } } };
}
