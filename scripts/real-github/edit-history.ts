import { createCommentStore, type GitHub, type RepositoryName } from '@gitops-actions/core/github';

/** Texts of one comment; the second has a line less, so that a difference would not look like a whole text. */
const TEXTS = ['one\ntwo\n', 'one\n', 'one\nthree\n'] as const;

/**
 * Whether the job's token reads all texts that a comment has had: comment-pr repairs by them what it overwrote. Writes a
 * comment, changes it twice, and removes it again.
 *
 * @param number of a pull request or issue
 * @throws Error that says what was read instead
 */
export async function readEditHistory(
  github: GitHub,
  repository: RepositoryName,
  number: number,
): Promise<string> {
  const store = createCommentStore({ github, repository, number, permission: 'pull-requests: write' });
  const [first, second, third] = TEXTS;
  const comment = await store.create(first);
  if ('lost' in comment)
    throw new Error('GitHub did not say whether it made the comment; look for it by hand.');
  try {
    await store.update(comment, second);
    const seen = await store.update(comment, third);
    if (seen === 'gone' || 'lost' in seen)
      throw new Error('GitHub did not answer to the change of a comment.');
    const expected = JSON.stringify([third, second, first].map((text) => text.trim()));
    const found = JSON.stringify(seen.history?.map((text) => text.trim()));
    if (found !== expected) throw new Error(`The history is ${found}, and should be ${expected}.`);
    return 'three texts, whole, newest first, in the answer to the write';
  } finally {
    await store.remove(comment);
  }
}
