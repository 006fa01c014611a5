import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { ENVIRONMENT_PROTECTION } from '../doubles/environment-protection.ts';

const OWN = 'gitops-actions/gitops-actions';
const GATE = 'environment-protection';

/**
 * A workflow in the words that act understands. It does not know `$/`, and takes `./` in a called workflow for the
 * caller's folder; both mean this repository at the workflow's own commit, which act finds under `v1`. It does nothing
 * about environments: the first step of their jobs asks for the approval.
 */
export const forAct = (text: string): string =>
  withApproval(text.replace(/^(\s*(?:- )?uses:\s*)(?:\$|\.)\/(\S+)/gm, `$1${OWN}/$2@v1`));

/** GitHub starts no job that was not approved. Here it begins, does nothing but to wait, and skips all its steps. */
function withApproval(text: string): string {
  const document = parseDocument(text);
  const jobs = document.get('jobs');
  if (!isMap(jobs)) return text;
  const guarded = jobs.items.flatMap(({ value }) =>
    isMap(value) && value.has('environment') && value.has('steps') ? [value] : [],
  );
  if (guarded.length === 0) return text;
  for (const job of guarded) guard(job, (value) => document.createNode(value));
  return document.toString({ lineWidth: 0 });
}

function guard(job: YAMLMap, node: (value: unknown) => unknown): void {
  const steps = job.get('steps');
  if (!isSeq(steps)) return;
  for (const step of steps.items) {
    const condition = isMap(step) ? String(step.get('if') ?? '') : '';
    // All others are skipped by themselves after a step that failed.
    if (isMap(step) && /\b(?:always|cancelled|failure)\(/.test(condition))
      step.set('if', `\${{ (${bare(condition)}) && steps.${GATE}.outcome == 'success' }}`);
  }
  const name = job.getIn(['environment', 'name']) ?? job.get('environment');
  steps.items.unshift(node({ id: GATE, uses: ENVIRONMENT_PROTECTION, with: { environment: name } }));
}

const bare = (condition: string): string => condition.replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1').trim();
