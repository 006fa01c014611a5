import { setTimeout } from 'node:timers/promises';
import type { Action, ActionContext, ActionResult } from '@gitops-actions/core/action';
import {
  connectGitHub,
  createCommentStore,
  fullName,
  isRefused,
  type SectionWrite,
  upsertSection,
} from '@gitops-actions/core/github';
import { conversationNumber } from './conversation.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { reportOf, skippedReport } from './report.ts';

export const action: Action<Inputs> = { name: 'comment-pr', readInputs, work };

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const { token, repository, section, message, id, title, order } = inputs;
  const github = await connectGitHub(token, context);
  const number = await conversationNumber(github, inputs, run);
  const subject = { place: `${fullName(repository)}#${number}`, section, message };
  const write: SectionWrite = {
    id,
    section,
    title,
    order,
    text: message,
    run: { run: run.runId, attempt: run.runAttempt },
  };
  const pace = {
    random: Math.random,
    wait: (milliseconds: number) => setTimeout(milliseconds, undefined, { signal }),
  };
  try {
    const upserted = await upsertSection(createCommentStore(github, repository, number), write, pace);
    log.info(`${upserted.result}: ${upserted.comment.url}`);
    if (upserted.result === 'superseded')
      log.notice(`A newer run has already written to the comment on ${subject.place}; its text stays.`);
    if (upserted.isCut)
      log.warning(
        `The text is too long for the comment on ${subject.place}; all of it is in the job summary.`,
      );
    return reportOf(upserted, subject);
  } catch (error) {
    if (!isRefused(error)) throw error;
    log.warning(`${error.message} The text is in the job summary.`);
    return skippedReport(error.message, subject);
  }
}
