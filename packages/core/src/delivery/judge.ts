import type { ActionContext } from '../action/index.ts';
import { compareCommits, connectGitHub, explain, parseRepositoryName } from '../github/index.ts';
import { createOrderGuard, type GitOpsRepository, type OrderGuard, workflowOf } from '../gitops/index.ts';
import type { CommitPair, OrderRule } from '../release/index.ts';
import type { Judge } from './decide-places.ts';

/** How releases are to be ordered. */
export interface OrderInputs {
  readonly order: OrderRule;
  readonly allowDowngrade: boolean;
  /** The job's token: for the repository that is released. */
  readonly token: string;
}

/** How places of a branch are judged: by the input `order`, and blocked ones always by an order. */
export function judgeBy(
  inputs: OrderInputs,
  branch: Pick<GitOpsRepository, 'log'>,
  context: ActionContext,
): Judge {
  const { order, allowDowngrade } = inputs;
  const guardBy = (rule: OrderRule) => orderGuard(rule, branch, inputs.token, context);
  return {
    guard: allowDowngrade || order === 'none' ? undefined : guardBy(order),
    blockedGuard: guardBy(order === 'none' ? 'auto' : order),
    passesBlocked: allowDowngrade,
    log: context.log,
  };
}

function orderGuard(
  rule: OrderRule,
  repository: Pick<GitOpsRepository, 'log'>,
  token: string,
  context: ActionContext,
): OrderGuard {
  const { run, signal } = context;
  const ancestry = async ({ current, candidate }: CommitPair) => {
    const github = await connectGitHub(token, context);
    const name = parseRepositoryName(run.repository, 'repository');
    return compareCommits(github, name, current, candidate).catch((error: unknown) => {
      throw explain(error, `compare ${current} and ${candidate} in ${run.repository}`, 'contents: read');
    });
  };
  return createOrderGuard({ rule, repository, workflow: workflowOf(run), ancestry, signal });
}
