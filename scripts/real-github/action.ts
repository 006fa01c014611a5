import {
  type Action,
  type ActionContext,
  type ActionResult,
  type InputReader,
  parseJson,
} from '@gitops-actions/core/action';
import {
  createGitHub,
  type GitHub,
  parseRepositoryName,
  type RepositoryName,
} from '@gitops-actions/core/github';
import { environmentReplacesSecret, lateJobIsSeen, skippedSkipNoOthers } from './called-jobs.ts';
import { readBranch, readComparison } from './compare-pages.ts';
import { readEditHistory } from './edit-history.ts';
import { check, type Finding, reportOf } from './finding.ts';
import { findPullRequests, readTargetRuns } from './followed-run.ts';
import { expressionDecides } from './job-deployments.ts';
import {
  actionsAreFound,
  callsAreAccepted,
  hostedRunnerWorks,
  type Needs,
  secretEmptiesOutputs,
  secretStaysInside,
} from './needed-jobs.ts';
import { followEachOther, type Job, readJobs } from './waiting-jobs.ts';

export interface Inputs {
  readonly token: string;
  readonly needs: Needs;
  /** Number of a pull request or issue to write a comment on; 0: none. */
  readonly conversation: number;
  /** Of jobs of this run; empty: none. */
  readonly environment: string;
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
    environment: reader.text('environment'),
    neighbour: parseRepositoryName(reader.required('neighbour'), 'neighbour'),
  };
}

async function work(inputs: Inputs, context: ActionContext): Promise<ActionResult> {
  const { run, log, signal } = context;
  const { apiUrl, graphqlUrl } = run;
  const github = await createGitHub({ token: inputs.token, apiUrl, graphqlUrl, log, signal });
  const repository = parseRepositoryName(run.repository, 'repository');
  const asked = [
    ...aboutJobs(inputs, await readJobs(github, repository, run.runId)),
    ...aboutAnswers(inputs, { github, repository, run }),
  ];
  const findings = await Promise.all(asked);
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

const none = (what: string): string => `${what}; nothing was looked at`;

/** What the other jobs of the run show by how they ended. */
function aboutJobs({ needs }: Inputs, jobs: readonly Job[]): readonly Promise<Finding>[] {
  const noEnvironment = none('no environment');
  return [
    check('Grants of the pages are enough for the called workflows', () => callsAreAccepted(needs), ''),
    check(
      '$/ is this repository, without a checkout, in a called workflow too',
      () => actionsAreFound(needs),
      '',
    ),
    check('A hosted runner has what the workflows call', () => hostedRunnerWorks(needs), ''),
    check('Two jobs of a group wait for each other', () => followEachOther(jobs, 'Pair'), none('no jobs')),
    check('queue: max keeps all that wait', () => followEachOther(jobs, 'Queue'), none('no jobs')),
    check('A secret of an environment stays in its jobs', () => secretStaysInside(needs), noEnvironment),
    check(
      'The secret of an environment takes the place of one that is passed',
      () => environmentReplacesSecret(needs),
      noEnvironment,
    ),
    check('An output with a secret in it is emptied', () => secretEmptiesOutputs(needs), noEnvironment),
    check('A skipped job skips no others, across a call too', () => skippedSkipNoOthers(needs), ''),
    check('A job that runs out of time is not taken for done', () => lateJobIsSeen(needs), ''),
  ];
}

interface Place {
  readonly github: GitHub;
  readonly repository: RepositoryName;
  readonly run: ActionContext['run'];
}

/** What GitHub's API answers. */
function aboutAnswers(
  { conversation, environment, neighbour }: Inputs,
  { github, repository, run }: Place,
): readonly Promise<Finding>[] {
  return [
    check(
      'An expression decides whether a job records a deployment',
      () => expressionDecides(github, repository, { ...run, environment }),
      none('no environment, or a second attempt'),
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
  ];
}
