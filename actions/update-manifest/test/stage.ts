import {
  type ActionRun,
  type GitHub,
  type Repository,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

export const OVERLAY = 'apps/shop/kustomization.yaml';

/** An overlay as people write it: comments, quotes of all kinds, alignment. */
export const KUSTOMIZATION = `# Owner: team-shop
images:
  - name: ghcr.io/acme/web
    newTag: v1.0.1-aaaaaaa      # written by delivery
  - { name: ghcr.io/acme/orders,   newTag: 'v1.0.1-aaaaaaa' }

  - name: ghcr.io/acme/payments
    newTag: "v1.0.1-aaaaaaa"
`;

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  /** Runs update-manifest in acme/shop against acme/gitops, with a token for both. */
  run(inputs: Record<string, string>, options?: RunOptions): Promise<ActionRun>;
}

export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly token?: string;
  readonly runNumber?: number;
  readonly workflowPath?: string;
}

export async function startStage(
  files: Record<string, string | Uint8Array> = { [OVERLAY]: KUSTOMIZATION },
): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop');
  const gitops = await github.createRepository('acme/gitops', { files });
  return {
    github,
    shop,
    gitops,
    run: (inputs, options = {}) =>
      runAction('update-manifest', {
        github,
        repository: shop,
        inputs: { repository: 'acme/gitops', 'gitops-token': github.token, path: OVERLAY, ...inputs },
        ...options,
      }),
    [Symbol.asyncDispose]: () => github.close(),
  };
}

/** The one sentence a red step ends with. */
export function sentence(run: ActionRun): string {
  const errors = run.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
  return `${run.exitCode}: ${errors.join(' | ')}`;
}
