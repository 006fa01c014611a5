import { type ActionContext, ConfigurationError } from '@gitops-actions/core/action';
import {
  connectGitHub,
  type GitHub,
  parseRepositoryName,
  pullRequestNumber,
  type RepositoryName,
} from '@gitops-actions/core/github';
import { needsOf, placeholdersIn, type ReleaseDates } from '@gitops-actions/core/release';
import type { Kept } from './changed/verdict.ts';
import type { FormatInput } from './format-input.ts';
import type { Inputs } from './inputs.ts';
import type { Source } from './source.ts';
import type { Version } from './version/read-version.ts';

/** What GitHub was asked for; undefined where nobody wanted to know. */
export interface Answers {
  readonly dates: ReleaseDates;
  readonly pullRequest: number | undefined;
  readonly version: Version | undefined;
  readonly notes: string | undefined;
  readonly kept: Kept | undefined;
}

interface Question {
  readonly inputs: Inputs;
  readonly source: Source;
  readonly context: ActionContext;
  readonly github: GitHub;
  readonly repository: RepositoryName;
}

/**
 * Asks GitHub for what the inputs want and the event does not say, all at once; asks nothing when that is nothing.
 *
 * @throws ConfigurationError when there is no token, a permission is missing, or there is no version to count from
 */
export async function readAnswers(
  inputs: Inputs,
  { input, format }: FormatInput,
  source: Source,
  context: ActionContext,
): Promise<Answers> {
  const { run } = context;
  const needs = needsOf(format);
  const isPullWanted =
    source.isPreview && source.pullRequest === undefined && placeholdersIn(format).includes('pr');
  const isFiltered = inputs.changedSince !== undefined && inputs.images.services !== undefined;
  const isAsking =
    needs.commitDate || needs.runDate || isPullWanted || isFiltered || inputs.version !== undefined;
  if (!isAsking) return { ...NOTHING, pullRequest: source.pullRequest };
  if (inputs.token === '')
    throw new ConfigurationError('Input "token" is empty; leave it out to use the token of the job.');
  const repository = parseRepositoryName(run.repository, 'repository');
  const github = await connectGitHub(inputs.token, context);
  const cure = `leave {{pr}} out of the input "${input}"`;
  const question = { inputs, source, context, github, repository };
  const [dates, pullRequest, versioned, kept] = await Promise.all([
    needs.commitDate || needs.runDate ? readDates(question, needs) : NOTHING.dates,
    isPullWanted ? pullRequestNumber(github, repository, run, undefined, cure) : source.pullRequest,
    askVersion(question),
    isFiltered ? askChanged(question) : undefined,
  ]);
  return { dates, pullRequest, kept, version: versioned?.version, notes: versioned?.notes };
}

const NOTHING: Answers = {
  dates: { commit_date: undefined, date: undefined },
  pullRequest: undefined,
  version: undefined,
  notes: undefined,
  kept: undefined,
};

async function readDates(
  { github, repository, source, context }: Question,
  needs: { readonly commitDate: boolean; readonly runDate: boolean },
): Promise<ReleaseDates> {
  const { readCommitDate, readRunDate } = await import(/* webpackMode: "eager" */ './dates.ts');
  const [commit_date, date] = await Promise.all([
    needs.commitDate ? readCommitDate(github, repository, source.sha) : undefined,
    needs.runDate ? readRunDate(github, repository, context.run.runId) : undefined,
  ]);
  return { commit_date, date };
}

async function askVersion({ inputs, source, context, github, repository }: Question) {
  if (inputs.version === undefined) return undefined;
  const { tagPrefix, preRelease, ticketUrl } = inputs.version;
  const { readVersion, releaseNotes } = await import(/* webpackMode: "eager" */ './version/index.ts');
  const { run, signal } = context;
  const { sha, isPreview } = source;
  const paths = pathsOf(inputs);
  const place = { github, repository, signal };
  const version = await readVersion({ ...place, sha, tagPrefix, preRelease, isPreview, paths });
  const repositoryUrl = `${run.serverUrl}/${run.repository}`;
  const { commits, previous } = version;
  return { version, notes: releaseNotes({ commits, previous, sha, repositoryUrl, ticketUrl }) };
}

/** Which commits count: those that touch a service, when every service says what it is made of. */
function pathsOf({ images }: Inputs): readonly string[] {
  const lists = (images.services ?? []).map(({ paths }) => paths);
  return lists.every((paths) => paths !== undefined) ? lists.flat() : [];
}

async function askChanged({ inputs, source, context, github, repository }: Question): Promise<Kept> {
  const { keepChanged } = await import(/* webpackMode: "eager" */ './changed/keep-changed.ts');
  const { run, signal } = context;
  const services = inputs.images.services ?? [];
  const since = inputs.changedSince ?? 'auto';
  return keepChanged({ github, repository, run, source, services, since, signal });
}
