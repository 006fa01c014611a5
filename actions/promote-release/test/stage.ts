import {
  type ActionRun,
  type GitHub,
  type Repository,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

export const DEV = 'apps/shop/dev/kustomization.yaml';
export const STAGING = 'apps/shop/staging/kustomization.yaml';
export const PRODUCTION = 'apps/shop/production/kustomization.yaml';

/** An overlay as people write it. */
export const overlay = (web: string, orders: string) => `# Owner: team-shop
images:
  - name: ghcr.io/acme/web
    newTag: ${web}      # written by delivery
  - { name: ghcr.io/acme/orders,   newTag: '${orders}' }
`;

export const V1 = 'v1.0.1-aaaaaaa';
export const V2 = 'v1.0.2-bbbbbbb';
export const V3 = 'v1.0.3-ccccccc';

/** Staging is one release ahead of production in both images, and dev two. */
export const SHOP = { [DEV]: overlay(V3, V3), [STAGING]: overlay(V2, V2), [PRODUCTION]: overlay(V1, V1) };

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly gitops: Repository;
  /** Runs promote-release in acme/shop from staging to production of acme/gitops, with a token for both. */
  run(inputs?: Record<string, string>, options?: RunOptions): Promise<ActionRun>;
  /** The record of a verification, as verify-deployment leaves it. */
  verified(images: readonly string[], options?: Verification): Promise<void>;
}

export interface RunOptions {
  readonly token?: string;
  readonly runNumber?: number;
  readonly workflowPath?: string;
}

interface Verification {
  readonly environment?: string;
  readonly states?: readonly string[];
}

export async function startStage(files: Record<string, string | Uint8Array> = SHOP): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop', { files: { 'app.txt': 'app' } });
  const gitops = await github.createRepository('acme/gitops', { files });
  const post = async (path: string, body: object) => {
    const response = await fetch(`${github.apiUrl}/repos/acme/shop/deployments${path}`, {
      method: 'POST',
      headers: { authorization: `token ${github.token}` },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { id: number };
  };
  return {
    github,
    shop,
    gitops,
    run: (inputs = {}, options = {}) =>
      runAction('promote-release', {
        github,
        repository: shop,
        inputs: {
          repository: 'acme/gitops',
          'gitops-token': github.token,
          'from-path': STAGING,
          path: PRODUCTION,
          'require-verified': 'false',
          ...inputs,
        },
        ...options,
      }),
    verified: async (
      images,
      { environment = 'staging', states = ['in_progress', 'success', 'inactive'] } = {},
    ) => {
      const payload = { run_id: 7, run_attempt: 1, images, commit: 'c'.repeat(40) };
      const ref = await shop.head('main');
      const { id } = await post('', { ref, environment, payload, auto_merge: false, required_contexts: [] });
      for (const state of states) await post(`/${id}/statuses`, { state, auto_inactive: false });
      github.clearRequests();
    },
    [Symbol.asyncDispose]: () => github.close(),
  };
}

/** The one sentence a red step ends with. */
export function sentence(run: ActionRun): string {
  return `${run.exitCode}: ${said(run, 'error').join(' | ')}`;
}

/** Annotations of one level. */
export function said(run: ActionRun, level: string): readonly string[] {
  return run.annotations.filter((annotation) => annotation.level === level).map(({ message }) => message);
}

/** The output `promoted`. */
export function promoted(run: ActionRun): unknown {
  return JSON.parse(run.outputs.promoted ?? '');
}
