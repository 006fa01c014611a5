import { setTimeout } from 'node:timers/promises';
import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  connectGitHub,
  createCommentStore,
  fullName,
  isRefused,
  writeComment,
} from '@gitops-actions/core/github';
import { findConversation } from './conversation.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { reportRefusal } from './refusal.ts';
import { reportOf } from './report.ts';
import { writeOf } from './write-of.ts';

export const action: Action<Inputs> = { name: 'comment-pr', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const { token, repository, section, message, mode } = inputs;
  const conversation = await findConversation(await connectGitHub(token, context), inputs, run);
  const subject = { place: `${fullName(repository)}#${conversation.number}`, section, message, mode };
  const pace = {
    random: Math.random,
    wait: (milliseconds: number) => setTimeout(milliseconds, undefined, { signal }),
  };
  try {
    const written = await writeComment(createCommentStore(conversation), writeOf(inputs, run), pace);
    log.info([written.result, written.comment?.url ?? subject.place].join(': '));
    if (written.result === 'superseded')
      log.notice(`A newer run has already written to the comment on ${subject.place}; its text stays.`);
    if (written.isCut)
      log.warning(
        `The text is too long for the comment on ${subject.place}; all of it is in the job summary.`,
      );
    return reportOf(written, subject);
  } catch (error) {
    if (!isRefused(error)) throw error;
    return reportRefusal(error, inputs, subject, context);
  }
}
