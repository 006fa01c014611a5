import { messageOf, untilAborted } from '@gitops-actions/core/action';
import type { Job, Judged } from './job.ts';
import { isWarned, warningText } from './notices.ts';

/** Whether somebody was told, and why not. */
export interface Warned {
  readonly list: 'warned' | 'kept';
  readonly reason: string;
}

/**
 * Says in the preview's section of the comment that it goes soon, once for each end that is set for it. Where there is
 * no such section nothing is remembered, and the preview is listed in every run.
 */
export async function warnOf(job: Job, { preview, decision }: Judged): Promise<Warned> {
  const { keepLabel, dryRun, signal, log } = job;
  const { reason, expires = 0 } = decision;
  if (dryRun) return { list: 'kept', reason: `dry run; would be warned of: ${reason}` };
  const tell = async (): Promise<Warned> => {
    const section = await job.sections.find(preview.record);
    if (section === undefined) return { list: 'warned', reason: `${reason}; no comment to say so` };
    const end = { expires, keepLabel };
    if (isWarned(section.text, end))
      return { list: 'kept', reason: `${reason}; the comment says so already` };
    const isWritten = await section.write(warningText(section.text, end));
    return isWritten
      ? { list: 'warned', reason }
      : { list: 'kept', reason: `${reason}; a newer run has written to the comment` };
  };
  return untilAborted(tell(), signal).catch((error: unknown) => {
    const said = messageOf(signal.aborted ? signal.reason : error);
    log.warning(`${preview.where} goes soon, but its comment does not say so: ${said}`);
    return { list: 'kept', reason: `${reason}; the comment could not be written` };
  });
}
