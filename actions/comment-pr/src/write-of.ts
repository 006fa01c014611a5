import type { Run } from '@gitops-actions/core/action';
import type { CommentWrite } from '@gitops-actions/core/github';
import type { Inputs } from './inputs.ts';

/** What the inputs ask for, as this run asks for it. */
export function writeOf(inputs: Inputs, run: Run): CommentWrite {
  const { mode, id, order, section, title, message, hideAs } = inputs;
  const which = { id, order, run: { run: run.runId, attempt: run.runAttempt } };
  switch (mode) {
    case 'delete':
      return { ...which, mode, section: section === '' ? undefined : section };
    case 'hide':
      return { ...which, mode, reason: hideAs };
    default:
      return { ...which, mode, section, title, text: message };
  }
}
