import {
  explain,
  fullName,
  type GitHub,
  type RepositoryName,
  UnreadableAnswer,
} from '@gitops-actions/core/github';

/**
 * When a commit was committed. https://docs.github.com/rest/git/commits#get-a-commit-object
 *
 * @param sha full commit id
 * @throws ConfigurationError when the token may not read it
 */
export async function readCommitDate(github: GitHub, repository: RepositoryName, sha: string): Promise<Date> {
  try {
    const { data } = await github.rest.git.getCommit({ ...repository, commit_sha: sha });
    return dateOf(data.committer?.date);
  } catch (error) {
    throw explain(error, `read commit ${sha} of ${fullName(repository)}`, 'contents: read');
  }
}

/**
 * When a run was created; a re-run keeps it. https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run
 *
 * @throws ConfigurationError when the token may not read it
 */
export async function readRunDate(github: GitHub, repository: RepositoryName, runId: number): Promise<Date> {
  try {
    const { data } = await github.rest.actions.getWorkflowRun({ ...repository, run_id: runId });
    return dateOf(data.created_at);
  } catch (error) {
    throw explain(error, `read run ${runId} of ${fullName(repository)}`, 'actions: read');
  }
}

function dateOf(text: string | undefined): Date {
  const date = new Date(text ?? '');
  if (Number.isNaN(date.getTime())) throw new UnreadableAnswer();
  return date;
}
