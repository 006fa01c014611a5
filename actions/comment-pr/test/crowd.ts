import { type ActionRun, type PullRequest, runAction } from '@gitops-actions/testkit';
import type { Track } from './race-trial.ts';

/** Where the action's comment stands among the others. */
export type Place = 'first' | 'middle' | 'last' | 'nowhere';

type Ground = Omit<Track, 'write'>;

/** Writes one section to a pull request. */
export function writeTo({ github, shop }: Ground, pull: PullRequest, message: string): Promise<ActionRun> {
  const inputs = { message, 'pull-request': String(pull.number) };
  return runAction('comment-pr', { github, repository: shop, inputs });
}

/** The text of a comment that the action wrote, to be put among others. */
export async function ownText(ground: Ground): Promise<string> {
  const pull = await ground.shop.openPullRequest({ head: 'own-text', files: { 'own.txt': 'x' } });
  await writeTo(ground, pull, 'before');
  const [comment] = pull.comments();
  if (comment === undefined) throw new Error('The action wrote no comment.');
  return comment.body;
}

/** A pull request with so many comments, one of which is the action's. */
export async function crowd(
  { shop }: Ground,
  count: number,
  place: Place,
  own: string,
): Promise<PullRequest> {
  const pull = await shop.openPullRequest({ head: `crowd-${count}-${place}`, files: { 'app.txt': 'x' } });
  const at = { first: 0, middle: Math.floor(count / 2), last: count - 1, nowhere: -1 }[place];
  for (let index = 0; index < count; index += 1) {
    if (index === at) await pull.addComment(own);
    else await pull.addComment(`What somebody has to say, number ${index}.`, 'octocat');
  }
  return pull;
}
