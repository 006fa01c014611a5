import { ConfigurationError, type InputReader, illegal, type Log } from '../action/index.ts';
import type { Cluster } from '../kubernetes/index.ts';
import { createArgoCd } from './argocd-controller.ts';
import type { Controller } from './controller.ts';
import { createFlux } from './flux-controller.ts';

/** Which controller brings a GitOps repository's previews into the cluster, and under which names. */
export interface ControllerTarget {
  readonly kind: 'argocd' | 'flux';
  /** Template of the name of the Application or Kustomization. */
  readonly application: string;
  /** Of the controller's objects. */
  readonly namespace: string;
}

const NAMESPACES = { none: '', argocd: 'argocd', flux: 'flux-system' } as const;

/**
 * Reads the inputs `controller`, `application` and `controller-namespace`.
 *
 * @param isUsable whether the engine is one that writes for a controller
 * @returns undefined when none is to be asked
 * @throws ConfigurationError for an engine that needs none
 */
export function readControllerTarget(reader: InputReader, isUsable: boolean): ControllerTarget | undefined {
  const kind = reader.choice('controller', ['none', 'argocd', 'flux']);
  const application = reader.required('application');
  const namespace = reader.text('controller-namespace') || NAMESPACES[kind];
  if (!/^[a-z0-9-]*$/.test(namespace))
    throw illegal('controller-namespace', namespace, 'a Kubernetes namespace, such as argocd');
  if (kind === 'none') return undefined;
  if (!isUsable) {
    throw new ConfigurationError(
      `Input "controller" is "${kind}", but only the engine gitops writes for a controller; leave one of them out.`,
    );
  }
  return { kind, application, namespace };
}

/** The controller of a target. */
export function createController(
  { kind, application, namespace }: ControllerTarget,
  cluster: Cluster,
  log: Log,
): Controller {
  const place = { cluster, namespace, application, log };
  return kind === 'argocd' ? createArgoCd(place) : createFlux(place);
}
