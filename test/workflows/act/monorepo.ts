import type { GitHub } from '@gitops-actions/testkit';
import type { Result } from './act-log.ts';
import { DOMAIN } from './sample.ts';
import { buildScene, type Scene, type SceneOptions } from './scene.ts';

const LOCK = { name: 'web', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'web' } } };

/** `web` is a package of Node with a script for each check, and without dependencies. */
const WEB = {
  'web/package.json': JSON.stringify({
    ...{ name: 'web', version: '1.0.0' },
    scripts: { lint: 'node --check check.js', test: 'node check.js' },
  }),
  'web/package-lock.json': JSON.stringify(LOCK),
  'web/check.js': 'console.log("checked")\n',
};

/** What a team replaces in monorepo.yml; nothing is waited for in the cluster. */
export const VALUES: Readonly<Record<string, string>> = {
  'docker build --target test .': 'test -s Dockerfile',
  'engine: argocd': 'engine: none',
};

/** The scene of the starter monorepo.yml. */
export const buildMonorepo = ({ files, ...options }: SceneOptions = {}): Promise<Scene> =>
  buildScene({ files: { ...WEB, ...files }, ...options });

/** The jobs of one service when all goes well. */
export function serviceJobs(
  caller: 'frontend' | 'backend',
  name: string,
  preview: Result = 'success',
): Readonly<Record<string, Result>> {
  const job = `${caller} / ${name}`;
  return {
    [`${job} / Check`]: 'success',
    [`${job} / Image`]: 'success',
    [`${job} / Preview`]: preview,
    [`${job} / Say what failed`]: 'skipped',
    [job]: 'success',
  };
}

/** The names of the previews in the GitOps repository. */
export async function previewsOf({ gitops }: Scene): Promise<readonly string[]> {
  const paths = await gitops.list('main', 'previews/');
  const folders = paths.map((path) => path.split('/')).filter(({ length }) => length > 2);
  return [...new Set(folders.map(([, name = '']) => name))].sort();
}

/** The image that answers at the host of a preview. */
export const running = ({ cluster }: Scene, name: string): string | undefined =>
  cluster.running.get(`${name}.${DOMAIN}`);

/** The tags of a service's image. */
export const tagsOf = ({ registry }: Scene, service: string): readonly string[] =>
  Object.keys(registry.tags(`acme/${service}`));

/** The newest state of each GitHub Deployment. */
export const deploymentStates = (github: GitHub): readonly string[] =>
  github
    .repository('acme/shop')
    .deployments()
    .map(({ statuses }) => statuses[0]?.state ?? 'none');
