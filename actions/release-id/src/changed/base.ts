import { type ConfigurationError, illegal, type Run } from '@gitops-actions/core/action';
import { textAt } from '@gitops-actions/core/github';
import { workflowOf } from '@gitops-actions/core/gitops';

/** What the commit of a run is compared with. */
export type Base =
  | {
      readonly kind: 'commit';
      readonly revision: string;
      readonly what: string;
      readonly mayDiverge: boolean;
    }
  | { readonly kind: 'last-success'; readonly workflow: string; readonly branch: string }
  /** There is nothing to compare with, and that is usual. */
  | { readonly kind: 'none'; readonly why: string };

const INPUT = 'changed-since';
const AUTO = 'auto';

/**
 * Parses the input `changed-since`: `auto`, or a branch, tag or commit.
 * https://git-scm.com/docs/git-check-ref-format
 *
 * @throws ConfigurationError for what git would not take for a name
 */
export function parseSince(text: string): string {
  const isName =
    /^[^\0- \x7f~^:?*[\\]{1,255}$/.test(text) && !/^[-/.]|[/.]$|\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)/.test(text);
  if (isName) return text;
  throw illegal(INPUT, text, `"${AUTO}", or the name of a branch or tag, or a commit id`);
}

/** The error for a `changed-since` that the repository does not have. */
export function unknownRevision(revision: string, repository: string): ConfigurationError {
  return illegal(
    INPUT,
    revision,
    `"${AUTO}", or a branch, tag or commit of ${repository} that the token may read (\`contents: read\`)`,
  );
}

/**
 * What a run is compared with.
 *
 * Pull requests and their merge queue have a base. A push to a branch has the last run that ended well: what a run that
 * failed, or that a newer one pushed out of its concurrency group, did not build is then built by the next.
 *
 * @param since as `parseSince` gives it
 */
export function baseOf(run: Run, since: string): Base {
  if (since !== AUTO) return explicitBase(since);
  const { eventName, event } = run;
  if (eventName.startsWith('pull_request'))
    return commit('the base of the pull request', textAt(event, 'pull_request', 'base', 'sha'), true);
  if (eventName === 'merge_group')
    return commit('the base of the merge group', textAt(event, 'merge_group', 'base_sha'), false);
  if (eventName === 'push') return pushBase(run);
  return none(`the event "${eventName}" has nothing to compare with`);
}

/** Zeros are what a push event calls the head before the first one. */
function explicitBase(since: string): Base {
  return /^0{40,64}$/.test(since)
    ? none('there is no commit before the first one')
    : { kind: 'commit', revision: since, what: `the input ${INPUT}`, mayDiverge: false };
}

function pushBase(run: Run): Base {
  const branch = /^refs\/heads\/(.+)$/.exec(run.ref)?.[1];
  if (branch === undefined) return none('a tag was pushed');
  if (run.event.created === true) return none('the branch is new');
  const path = workflowFile(run);
  return path === undefined
    ? none('the workflow is not a file of this repository')
    : { kind: 'last-success', workflow: path.replace(/^.*\//, ''), branch };
}

/** Path of the run's workflow in this repository; undefined when it lies in another one. */
export function workflowFile(run: Run): string | undefined {
  const workflow = workflowOf(run);
  const prefix = `${run.repository}/`;
  return workflow.toLowerCase().startsWith(`${prefix}.github/workflows/`.toLowerCase())
    ? workflow.slice(prefix.length)
    : undefined;
}

function commit(what: string, revision: string | undefined, mayDiverge: boolean): Base {
  return revision === undefined
    ? none(`the event does not say ${what}`)
    : { kind: 'commit', revision, what, mayDiverge };
}

function none(why: string): Base {
  return { kind: 'none', why };
}
