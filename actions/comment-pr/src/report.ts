import { type ActionResult, code } from '@gitops-actions/core/action';
import type { Written } from '@gitops-actions/core/github';
import { type Mode, writesText } from './mode.ts';

/** What a write was about. */
export interface Subject {
  /** `acme/shop#42` */
  readonly place: string;
  readonly section: string;
  readonly message: string;
  readonly mode: Mode;
}

const SENTENCES: Readonly<Record<Written['result'], string>> = {
  created: 'The comment was created',
  updated: 'The comment was updated',
  unchanged: 'The comment already says this',
  superseded: 'A newer run has written this; it was left as it is',
  deleted: 'The section was deleted',
  hidden: 'The comment was hidden',
};

function sentenceFor({ result, comment }: Written, { mode, section }: Subject): string {
  if (result === 'deleted' && (section === '' || comment === undefined)) return 'The comment was deleted';
  if (result !== 'unchanged' || writesText(mode)) return SENTENCES[result];
  if (comment !== undefined && mode === 'hide') return 'The comment is hidden already';
  return section === '' ? 'There is no such comment' : 'There is no such section';
}

/** Outputs and summary of a write that GitHub took, or that was not necessary. */
export function reportOf(written: Written, subject: Subject): ActionResult {
  const { result, comment, isCut } = written;
  const rest = isCut
    ? `\n\n${fullText('The text is too long for a comment; here is all of it.', subject)}`
    : '';
  const where = comment === undefined ? '' : `: [${subject.place}](${comment.url})`;
  return {
    outputs: { 'comment-id': String(comment?.id ?? ''), 'comment-url': comment?.url ?? '', result },
    summary: `${heading(subject)}${sentenceFor(written, subject)}${where}.${rest}`,
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
  return message === '' ? reason : `${reason}\n\n---\n\n${message}`;
}
