import { listCommits } from '../git/history.ts';
import { connection } from './connection.ts';
import { entryAt, objectFields, readGitObject } from './git-objects.ts';
import { type Args, type CommitSource, type Context, type Fields, plain, textOf } from './source.ts';

function person({ name, email, date }: CommitSource['detail']['author']) {
  return plain({ name, email, date, user: null });
}

function webAddress(source: CommitSource, { world }: Context): string {
  return `${world.url}/${source.repository.fullName}/commit/${source.detail.sha}`;
}

async function history({ repository, detail }: CommitSource, args: Args) {
  const unknown = ['author', 'until'].find((name) => args[name] !== undefined && args[name] !== null);
  if (unknown) throw new Error(`testkit: history(${unknown}:) is not implemented`);
  const filter = { path: textOf(args.path), since: textOf(args.since) };
  const ids = await listCommits(repository.directory, detail.sha, filter);
  const page = connection(ids, args, { name: 'history', key: (id) => id });
  const nodes = await Promise.all(page.nodes.map((id) => readGitObject(repository, id)));
  return plain({
    ...page,
    nodes,
    edges: page.edges.map((edge, index) => plain({ ...edge, node: nodes[index] })),
  });
}

async function parents({ repository, detail }: CommitSource, args: Args) {
  const page = connection(detail.parents, args, { name: 'parents', key: (id) => id });
  return plain({ ...page, nodes: await Promise.all(page.nodes.map((id) => readGitObject(repository, id))) });
}

export const COMMIT_FIELDS: Fields<CommitSource> = {
  ...objectFields<CommitSource>(({ detail }) => detail.sha, 'C'),
  message: ({ detail }) => detail.message,
  messageHeadline: ({ detail }) => detail.message.split('\n', 1)[0] ?? '',
  messageBody: ({ detail }) => detail.message.split('\n').slice(1).join('\n').trim(),
  url: (source, _, context) => webAddress(source, context),
  commitUrl: (source, _, context) => webAddress(source, context),
  committedDate: ({ detail }) => detail.committer.date,
  authoredDate: ({ detail }) => detail.author.date,
  author: ({ detail }) => person(detail.author),
  committer: ({ detail }) => person(detail.committer),
  parents,
  history,
  tree: ({ repository, detail }) => readGitObject(repository, detail.tree),
  file: ({ repository, detail }, args) => entryAt(repository, detail.sha, textOf(args.path)),
};
