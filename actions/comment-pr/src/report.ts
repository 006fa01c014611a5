import { type ActionResult, code } from '@gitops-actions/core/action';
import type { Upserted } from '@gitops-actions/core/github';

/** What a write was about. */
export interface Subject {
  /** `acme/shop#42` */
  readonly place: string;
  readonly section: string;
  readonly message: string;
}

const SENTENCES: Readonly<Record<Upserted['result'], string>> = {
  created: 'The comment was created',
  updated: 'The comment was updated',
  unchanged: 'The comment already says this',
  superseded: 'A newer run has written this; it was left as it is',
};

/** Outputs and summary of a write that GitHub took, or that was not necessary. */
export function reportOf({ result, comment, isCut }: Upserted, subject: Subject): ActionResult {
  const rest = isCut
    ? `\n\n${fullText('The text is too long for a comment; here is all of it.', subject)}`
    : '';
  return {
    outputs: { 'comment-id': String(comment.id), 'comment-url': comment.url, result },
    summary: `${heading(subject)}${SENTENCES[result]}: [${subject.place}](${comment.url}).${rest}`,
  };
}

/** Outputs and summary of a write that GitHub refused: the text goes here instead. */
export function skippedReport(reason: string, subject: Subject): ActionResult {
  return {
    outputs: { 'comment-id': '', 'comment-url': '', result: 'skipped' },
    summary: `${heading(subject)}${fullText(reason, subject)}`,
  };
}

function heading({ place, section }: Subject): string {
  return `### Comment on ${place}${section === '' ? '' : `, section ${code(section)}`}\n\n`;
}

function fullText(reason: string, { message }: Subject): string {
  return `${reason}\n\n---\n\n${message}`;
}
