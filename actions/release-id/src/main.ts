import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import { labelOf, shortSha, writeDates } from '@gitops-actions/core/release';
import { readAnswers } from './answers.ts';
import { makeId } from './id.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { legsOf } from './matrix.ts';
import { policyOf } from './policy.ts';
import { readSource } from './source.ts';
import { summaryOf } from './summary.ts';

/** Computes the identifier of what is being released, once, for all later jobs. Makes no request unless an input wants one. */
export const action: Action<Inputs> = { name: 'release-id', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log } = context;
  const { runNumber, runId, runAttempt } = run;
  const source = readSource(run);
  const format = source.isPreview ? inputs.previewFormat : inputs.format;
  const answers = await readAnswers(inputs, format, source, context);
  const { version, notes = '', kept, pullRequest } = answers;
  const facts = { ...source, pullRequest, runNumber, runId, runAttempt, version: version?.version };
  const id = makeId(format, await writeDates(format.format, answers.dates), facts, run);
  const legs = legsOf({ ...inputs.images, ...(kept && { services: kept.services }) }, id);
  log.info(`${source.isPreview ? 'Preview' : 'Release'} ${id} of ${source.sha}`);
  if (kept) log[kept.basis.level](kept.basis.text);
  return {
    outputs: {
      id,
      label: labelOf(id),
      version: version?.version ?? '',
      sequence: String(runNumber),
      sha: source.sha,
      'merge-sha': source.mergeSha,
      'short-sha': shortSha(source.sha),
      images: [...new Set(legs.map(({ image }) => image))].join('\n'),
      matrix: JSON.stringify({ include: legs }),
      'has-services': String(legs.length > 0),
      'flux-image-policy': policyOf(inputs, source, log),
      'release-notes': notes,
    },
    summary: summaryOf({ id, format, source: { ...source, pullRequest }, legs, version, notes, kept }, run),
  };
}
