import {
  type Action,
  type ActionContext,
  type ActionResult,
  type InputReader,
  parseJson,
} from '@gitops-actions/core/action';
import { createGitHub, parseRepositoryName, type RepositoryName } from '@gitops-actions/core/github';
import { readBranch, readComparison } from './compare-pages.ts';
import { readEditHistory } from './edit-history.ts';
import { check, reportOf } from './finding.ts';
import { findPullRequests, readTargetRuns } from './followed-run.ts';
import { actionsAreFound, callsAreAccepted, type Needs, secretStaysInside } from './needed-jobs.ts';
import { followEachOther, readJobs } from './waiting-jobs.ts';

export interface Inputs {
  readonly token: string;
  readonly needs: Needs;
  /** Number of a pull request or issue to write a comment on; 0: none. */
  readonly conversation: number;
  /** A public repository with a long history and with runs of `pull_request_target`. */
  readonly neighbour: RepositoryName;
}

/** Looks at each assumption, and says in the summary which of them hold. */
export const action: Action<Inputs> = { name: 'real-github', readInputs, work };

function readInputs(reader: InputReader): Inputs {
  return {
    token: reader.secret('token'),
    needs: parseJson('needs', reader.required('needs')) as Needs,
    conversation: Number(reader.text('conversation') || 0),
    neighbour: parseRepositoryName(reader.required('neighbour'), 'neighbour'),
  };
}

async function work(inputs: Inputs, { run, log, signal }: ActionContext): Promise<ActionResult> {
  const { token, needs, conversation, neighbour } = inputs;
  const { apiUrl, graphqlUrl } = run;
  const github = await createGitHub({ token, apiUrl, graphqlUrl, log, signal });
  const repository = parseRepositoryName(run.repository, 'repository');
  const jobs = await readJobs(github, repository, run.runId);
  const none = (what: string) => `${what}; nothing was looked at`;
  const findings = await Promise.all([
    check('Grants of the pages are enough for the called workflows', () => callsAreAccepted(needs), ''),
    check(
      '$/ is this repository, without a checkout, in a called workflow too',
      () => actionsAreFound(needs),
      '',
    ),
    check('Two jobs of a group wait for each other', () => followEachOther(jobs, 'Pair'), none('no jobs')),
    check('queue: max keeps all that wait', () => followEachOther(jobs, 'Queue'), none('no jobs')),
    check(
      'A secret of an environment stays in its jobs',
      () => secretStaysInside(needs),
      none('no environment'),
    ),
    check(
      "The job's token reads what a comment said before",
      async () => (conversation === 0 ? undefined : readEditHistory(github, repository, conversation)),
      none('no number of a pull request'),
    ),
    check(
      'A run of pull_request_target names the head of its pull request',
      async () => findPullRequests(github, neighbour, run, await readTargetRuns(github, neighbour)),
      none('no runs there'),
    ),
    check(
      'The pages of a comparison are all of it',
      async () => {
        const branch = await readBranch(github, neighbour);
        return branch && readComparison(github, neighbour, branch);
      },
      none('fewer than 150 commits there'),
    ),
  ]);
  for (const { assumption, state, seen } of findings) log.info(`${state}: ${assumption} (${seen})`);
  const broken = findings.filter(({ state }) => state === 'does not hold');
  return {
    outputs: {},
    summary: reportOf(findings),
    ...(broken.length > 0 && {
      failure: `${broken.length} of ${findings.length} assumptions do not hold on this GitHub; the summary says which, and docs/real-github.md what rests on them.`,
    }),
  };
}
