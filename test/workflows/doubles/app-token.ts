import type { Access, GitHub, Permission } from '@gitops-actions/testkit';
import { type Answer, type Call, type Double, lines } from './double.ts';

/** The App that the workflows are told of. */
export interface App {
  readonly clientId: string;
  readonly privateKey: string;
}

/** Hands out a token that may do what was asked for, and only there. */
export const appToken =
  (github: GitHub, app: App): Double =>
  (call: Call): Answer => {
    const { input, env } = call;
    if (input('client-id') !== app.clientId)
      throw new Error(`There is no App "${input('client-id')}" (input client-id).`);
    if (input('private-key') === '') throw new Error('Input required and not supplied: private-key');
    if (input('private-key') !== app.privateKey) throw new Error('A JSON web token could not be decoded');
    const owner = input('owner') || env.GITHUB_REPOSITORY_OWNER || '';
    const repositories = lines(input('repositories') || (env.GITHUB_REPOSITORY ?? '')).map((name) =>
      name.includes('/') ? name : `${owner}/${name}`,
    );
    const permissions = Object.fromEntries(
      Object.entries(env)
        .filter(([name, level]) => name.startsWith('INPUT_PERMISSION-') && level !== '')
        .map(([name, level]) => [permissionOf(name), level as Access]),
    ) as Partial<Record<Permission, Access>>;
    const token = github.issueToken({ as: 'gitops-app[bot]', repositories, permissions });
    return { outputs: { token, 'installation-id': '1', 'app-slug': 'gitops-app' } };
  };

const permissionOf = (variable: string): string =>
  variable.slice('INPUT_PERMISSION-'.length).toLowerCase().replaceAll('-', '_');
