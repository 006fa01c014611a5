import type { Action } from '@gitops-actions/core/action';
import { labelOf, shortSha } from '@gitops-actions/core/release';
import { makeId } from './id.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { legsOf } from './matrix.ts';
import { readSource } from './source.ts';
import { summaryOf } from './summary.ts';

/** Computes the identifier of what is being released, once, for all later jobs. Makes no request. */
export const action: Action<Inputs> = {
  name: 'release-id',
  readInputs,
  async work(inputs, { run, log }) {
    const source = readSource(run);
    const format = source.isPreview ? inputs.previewFormat : inputs.format;
    const id = makeId(format, source, run);
    const legs = legsOf(inputs.images, id);
    log.info(`${source.isPreview ? 'Preview' : 'Release'} ${id} of ${source.sha}`);
    return {
      outputs: {
        id,
        label: labelOf(id),
        sequence: String(source.runNumber),
        sha: source.sha,
        'merge-sha': source.mergeSha,
        'short-sha': shortSha(source.sha),
        images: [...new Set(legs.map(({ image }) => image))].join('\n'),
        matrix: JSON.stringify({ include: legs }),
        'has-services': String(legs.length > 0),
      },
      summary: summaryOf({ id, format, source, legs }, run),
    };
  },
};
