import {
  commitOf,
  type FluxKustomization,
  judgeKustomization,
  kustomizationInventory,
  readyOf,
  saidOf,
} from '../controller/index.ts';
import { isWithin } from '../gitops/index.ts';
import { plainPath, type Reconciliation } from './controller.ts';

/** What a Kustomization says of the preview in a folder. */
export function reconciliationOf(
  kustomization: FluxKustomization,
  where: string,
  folder: string,
): Reconciliation {
  const { spec, status } = kustomization;
  const { lastAppliedRevision, lastAttemptedRevision } = status ?? {};
  const revisions = [commitOf(lastAppliedRevision), commitOf(lastAttemptedRevision)];
  const said = saidOf(readyOf(kustomization));
  return {
    where,
    problem: problemOf(kustomization, folder),
    isOwn: isWithin(plainPath(spec?.path ?? ''), folder),
    revisions: revisions.filter((revision) => revision !== ''),
    inventory: kustomizationInventory(kustomization),
    stays: '',
    complaints: said === '' ? [] : [said],
    judge: (isCurrent) => judgeKustomization(kustomization, isCurrent),
  };
}

function problemOf({ spec }: FluxKustomization, folder: string): string | undefined {
  const path = plainPath(spec?.path ?? '');
  if (!isWithin(path, folder) && !isWithin(folder, path))
    return `brings ${path || 'the whole repository'} into the cluster, not ${folder}`;
  if (spec?.sourceRef?.kind !== 'GitRepository')
    return `takes its files from the kind ${spec?.sourceRef?.kind}, whose revisions are not commits`;
  if (spec.suspend === true)
    return 'is suspended, so it applies nothing; resume it with "flux resume kustomization"';
  if (spec.wait !== true && (spec.healthChecks ?? []).length === 0)
    return 'does not wait for what it applies, so its word says nothing about health; set "wait: true" in it';
  return undefined;
}
