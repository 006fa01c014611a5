import {
  type ActionRun,
  type GitHub,
  type Repository,
  type RunActionOptions,
  runAction,
  startGitHub,
} from '@gitops-actions/testkit';

export const OVERLAY = 'apps/shop/kustomization.yaml';

/** An overlay as people write it, at one release of each image. */
export const overlay = (web: string, orders = web, payments = 'v1.0.1-aaaaaaa') => `# Owner: team-shop
images:
  - name: ghcr.io/acme/web
    newTag: ${web}      # written by delivery
  - { name: ghcr.io/acme/orders,   newTag: '${orders}' }

  - name: ghcr.io/acme/payments
    newTag: "${payments}"
`;

export const OLD = 'v1.0.1-aaaaaaa';
export const BAD = 'v1.0.2-bbbbbbb';
export const FIX = 'v1.0.3-ccccccc';

type Options = Partial<RunActionOptions>;

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly gitops: Repository;
  /** Runs rollback-release in acme/shop against acme/gitops, each time as another run. */
  back(inputs?: Record<string, string>, options?: Options): Promise<ActionRun>;
  /** Runs update-manifest likewise. */
  update(inputs: Record<string, string>, options?: Options): Promise<ActionRun>;
  /** A commit as update-manifest makes it. */
  release(id: string, files: Record<string, string>, sourceRun?: string): Promise<string>;
}

/** A GitOps repository at OLD, with BAD on top: web and orders in one commit. */
export async function startStage(): Promise<Stage> {
  const stage = await emptyStage({ [OVERLAY]: '# later\n' });
  await stage.release(OLD, { [OVERLAY]: overlay(OLD) });
  await stage.release(BAD, { [OVERLAY]: overlay(BAD) });
  return stage;
}

export async function emptyStage(files: Record<string, string>): Promise<Stage> {
  const github = await startGitHub();
  const shop = await github.createRepository('acme/shop');
  const gitops = await github.createRepository('acme/gitops', { files });
  const common = { repository: 'acme/gitops', 'gitops-token': github.token };
  let runId = 7000;
  const run = (action: string, inputs: Record<string, string>, options: Options) =>
    runAction(action, {
      github,
      repository: shop,
      runId: ++runId,
      inputs: { ...common, ...inputs },
      ...options,
    });
  return {
    github,
    gitops,
    back: (inputs = {}, options = {}) =>
      run('rollback-release', { path: OVERLAY, 'verify-image': 'false', ...inputs }, options),
    update: (inputs, options = {}) => run('update-manifest', { path: OVERLAY, ...inputs }, options),
    release: (id, changed, sourceRun = 'https://github.example/acme/shop/actions/runs/1/attempts/1') =>
      gitops.commit('main', changed, { message: messageOf(id, sourceRun) }),
    [Symbol.asyncDispose]: () => github.close(),
  };
}

function messageOf(id: string, sourceRun: string): string {
  const trailers = [
    `Release: ${id}`,
    'Release-Sequence: 1',
    'Source-Workflow: acme/shop/.github/workflows/delivery.yml',
    `Source-Commit: ${'a'.repeat(40)}`,
    `Source-Run: ${sourceRun}`,
  ];
  return `Release web, orders ${id}\n\n${trailers.join('\n')}`;
}

/** The one sentence a red step ends with. */
export function sentence(run: ActionRun): string {
  return `${run.exitCode}: ${saidAs(run, 'error').join(' | ')}`;
}

export function saidAs(
  { annotations }: ActionRun,
  wanted: 'error' | 'warning' | 'notice',
): readonly string[] {
  return annotations.filter(({ level }) => level === wanted).map(({ message }) => message);
}
