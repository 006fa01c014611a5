import {
  type Application,
  applicationComplaints,
  applicationInventory,
  inventoryReasons,
} from '@gitops-actions/core/controller';
import { plainLine } from '@gitops-actions/core/kubernetes';
import { runsSomething } from './argocd-workloads.ts';
import type { EngineOptions } from './engine.ts';

/** More would be a wall of text. */
const MOST_APPLICATIONS = 3;

/** What Applications complain about, and what the pods of those that run in this cluster say. */
export async function explainApplications(
  options: EngineOptions,
  applications: readonly Application[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const explained = applications
    .slice(0, MOST_APPLICATIONS)
    .map((application) => explain(options, application, signal));
  return [...new Set((await Promise.all(explained)).flat())];
}

async function explain(
  { cluster, logLines }: EngineOptions,
  application: Application,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const complaints = applicationComplaints(application);
  const inventory = runsSomething(application) ? applicationInventory(application) : [];
  const pods = await inventoryReasons(cluster, inventory, { logLines, signal });
  return [...complaints.map(plainLine), ...pods];
}
