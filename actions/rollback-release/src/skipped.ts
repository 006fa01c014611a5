import type { ActionResult } from '@gitops-actions/core/action';

/** Outputs and job summary of a run that rolls nothing back. */
export function skipped(reason: string): ActionResult {
  return {
    outputs: {
      result: 'skipped',
      commit: '',
      'pull-request': '',
      'pull-request-url': '',
      from: '',
      to: '',
      'left-alone': '',
      images: '',
      changes: '[]',
      diff: '',
      notice: '',
    },
    summary: `### rollback-release: skipped\n\n${reason}`,
  };
}
