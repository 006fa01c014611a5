import {
  type Application,
  applicationComplaints,
  applicationInventory,
  judgeApplication,
  revisionsOf,
  sourcesOf,
} from '../controller/index.ts';
import { isWithin } from '../gitops/index.ts';
import { plainPath, type Reconciliation } from './controller.ts';

/** What an Application says of the preview in a folder. */
export function reconciliationOf(application: Application, where: string, folder: string): Reconciliation {
  const { status, spec } = application;
  return {
    where,
    problem: problemOf(application, folder),
    isOwn: true,
    revisions: [...revisionsOf(status?.sync), ...revisionsOf(status?.operationState?.syncResult)],
    inventory: applicationInventory(application),
    stays: spec?.syncPolicy?.syncOptions?.includes('CreateNamespace=true')
      ? `the namespace ${spec.destination?.namespace} stays, because Argo CD does not remove what CreateNamespace made`
      : '',
    complaints: applicationComplaints(application),
    judge: (isCurrent) => judgeApplication(application, isCurrent),
  };
}

function problemOf({ spec }: Application, folder: string): string | undefined {
  const sources = sourcesOf(spec);
  if (sources.some(({ path = '' }) => isWithin(plainPath(path), folder))) return undefined;
  const paths = sources.map(({ repoURL = '', path = '' }) => `${path || '/'} of ${repoURL}`).join(', ');
  return `brings ${paths || 'nothing'} into the cluster, not ${folder}`;
}
