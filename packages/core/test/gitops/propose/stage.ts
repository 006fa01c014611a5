import { type GitHub, type Repository, type RepositoryOptions, startGitHub } from '@gitops-actions/testkit';
import { createGitHub } from '../../../src/github/index.ts';
import { type Edit, type Proposal, propose, type Snapshot } from '../../../src/gitops/index.ts';

export const FILE = 'apps/images.yaml';
export const BRANCH = 'release/shop';
export const SERVICES = Array.from({ length: 10 }, (_, index) => `s${index}`);

/** One image a line, next to each other. */
export const MANIFEST = `# images\n${SERVICES.map((name) => `${name}: v1\n`).join('')}`;

export interface ProposeInputs {
  readonly base?: string;
  readonly branch?: string;
  readonly title?: string;
  readonly labels?: readonly string[];
  readonly autoMerge?: 'none' | 'merge' | 'squash' | 'rebase';
  readonly token?: string;
  readonly deadline?: number;
  readonly paths?: readonly string[];
}

export interface Stage extends AsyncDisposable {
  readonly github: GitHub;
  readonly gitops: Repository;
  /** What was logged, in order. */
  readonly said: string[];
  /** A token of an App. */
  readonly token: string;
  /** Proposes the version of one service, as update-manifest would. */
  propose(service: string, version: string, inputs?: ProposeInputs): Promise<Proposal<string>>;
}

/** Sets `service: version` wherever a line starts with the service. */
export function setVersion(service: string, version: string) {
  return ({ files }: Snapshot): Edit<string> => {
    const changes = files.flatMap(({ path, content }) => {
      const text = content.toString();
      const changed = text.replace(new RegExp(`^${service}: .*$`, 'm'), `${service}: ${version}`);
      return changed === text ? [] : [{ path, content: changed }];
    });
    const body = [
      `Release: ${version}`,
      'Release-Sequence: 7',
      `Source-Run: https://github.com/acme/shop/actions/runs/7/attempts/1`,
    ];
    const message = { headline: `Release ${service} ${version}`, body: body.join('\n') };
    return { changes, message, result: changes.length === 0 ? 'same' : `${service} to ${version}` };
  };
}

export async function startStage(options: RepositoryOptions = {}): Promise<Stage> {
  const github = await startGitHub();
  const gitops = await github.createRepository('acme/gitops', { files: { [FILE]: MANIFEST }, ...options });
  const said: string[] = [];
  const log = {
    info: (text: string) => void said.push(text),
    debug: () => {},
    notice: (text: string) => void said.push(text),
    warning: (text: string) => void said.push(text),
  };
  const token = github.issueToken({ as: 'acme-delivery[bot]' });
  const { signal } = new AbortController();
  return {
    github,
    gitops,
    said,
    token,
    async propose(service, version, inputs = {}) {
      const { base = '', branch = BRANCH, title = '', labels = [], autoMerge = 'none' } = inputs;
      const { apiUrl, graphqlUrl } = github;
      const client = await createGitHub({
        token: inputs.token ?? token,
        apiUrl,
        graphqlUrl,
        log,
        signal,
        backOffUnit: 1,
      });
      const place = {
        github: client,
        repository: { owner: 'acme', repo: 'gitops' },
        base,
        branch,
        signal,
      };
      const { deadline = 60_000, paths = [FILE] } = inputs;
      // Short waits, still of every length.
      const random = () => Math.random() / 5;
      const settings = { title, labels, autoMerge, paths, deadline, signal, log, random };
      return propose(place, setVersion(service, version), settings);
    },
    [Symbol.asyncDispose]: () => github.close(),
  };
}

/** Pull requests as `number state`. */
export function pullRequests({ gitops }: Stage): string[] {
  return gitops.pullRequests().map(({ number, state, merged }) => `${number} ${merged ? 'merged' : state}`);
}

export async function bodyOf(
  { github, token }: Stage,
  number: number,
): Promise<{ title: string; body: string }> {
  const response = await fetch(`${github.apiUrl}/repos/acme/gitops/pulls/${number}`, {
    headers: { authorization: `token ${token}` },
  });
  return (await response.json()) as { title: string; body: string };
}
