import { code } from '@gitops-actions/core/action';
import { type Decision, moment, type PreviewRecord } from '@gitops-actions/core/preview';

/** When a preview goes (epoch seconds), and the label that would keep it; empty for none. */
export interface End {
  readonly expires: number;
  readonly keepLabel: string;
}

const GOES = '⏳ **This preview goes after ';

/** The section of a preview that is gone. */
export function removedText({ name, service }: PreviewRecord, { reason, expires }: Decision): string {
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  const again =
    expires === undefined ? '' : ' A new commit, or a re-run of its workflow, brings it up again.';
  return `**🧹 Preview of ${code(service || name)} is removed**\n\n${sentence}${again}`;
}

/** The section's text below a warning; one of another time is replaced. */
export function warningText(text: string, end: End): string {
  const rest = text.startsWith(GOES) ? text.replace(/^.*\n*/, '') : text;
  return `${warning(end)}\n\n${rest}`;
}

/** Whether the section says it already. */
export function isWarned(text: string, end: End): boolean {
  return text.startsWith(`${warning(end)}\n`);
}

function warning({ expires, keepLabel }: End): string {
  const label = keepLabel === '' ? '' : ` or the pull request has the label ${code(keepLabel)}`;
  return `${GOES}${moment(expires)}**, unless it is deployed again${label}.`;
}
