import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Answer, Call, Double } from './double.ts';
import { keepLogin } from './login.ts';

/** What a login by OIDC is made with; Azure trusts nobody else. */
export const AZURE = {
  'client-id': '11111111-1111-4111-8111-111111111111',
  'tenant-id': '22222222-2222-4222-8222-222222222222',
  'subscription-id': '33333333-3333-4333-8333-333333333333',
} as const;
/** The cluster that is there. */
export const AKS = { 'resource-group': 'shop', 'cluster-name': 'shop' } as const;
/** What `az acr login` logs Docker in with. */
export const ACR_LOGIN = {
  username: '00000000-0000-0000-0000-000000000000',
  password: 'a token of Azure',
} as const;

/** A kubeconfig, as far as it is changed here. */
interface Kubeconfig {
  readonly users: readonly { readonly name: string; readonly user: { readonly token?: string } }[];
}

/**
 * Azure's actions and programs. What one of them needs another to have done in the same job is refused without it.
 *
 * @param kubeconfig content of that of the test's cluster, with a token
 */
export function createAzure(kubeconfig: () => string): Readonly<Record<string, Double>> {
  const done = new Set<string>();
  const note = (what: string, { env }: Call) => done.add(`${what} in ${env.GITHUB_WORKSPACE}`);
  const need = (what: string, { env }: Call, refusal: string) => {
    if (!done.has(`${what} in ${env.GITHUB_WORKSPACE}`)) throw new Error(refusal);
  };
  const needLogin = (call: Call) => need('login', call, "Please run 'az login' to setup account.");
  return {
    'azure/login'(call) {
      const problem = refusalOf(call);
      if (problem !== undefined) throw new Error(problem);
      note('login', call);
      return { log: 'Azure CLI login succeeds by using OIDC.' };
    },
    'azure/use-kubelogin'(call) {
      if (call.input('kubelogin-version') === '')
        throw new Error('GITHUB_TOKEN is not set, unable to resolve the latest version of kubelogin');
      note('kubelogin', call);
      return {};
    },
    'azure/aks-set-context'(call) {
      needLogin(call);
      return setContext(call, kubeconfig());
    },
    /** `az acr login --name <registry>`. */
    async az(call) {
      const [group, command, flag, registry = ''] = call.args;
      if (group !== 'acr' || command !== 'login' || flag !== '--name')
        throw new Error(`The double does not know "az ${call.args.join(' ')}".`);
      needLogin(call);
      await keepLogin(call.env, registry, ACR_LOGIN.username, ACR_LOGIN.password);
      return { log: 'Login Succeeded' };
    },
    /** The plugin that kubectl and helm ask for a token. */
    kubelogin(call) {
      need('kubelogin', call, 'kubelogin: command not found');
      needLogin(call);
      if (call.args[0] !== 'get-token') throw new Error(`unknown command: ${call.args.join(' ')}`);
      const { users } = parse(kubeconfig()) as Kubeconfig;
      const credential = { apiVersion: EXEC, kind: 'ExecCredential', status: users[0]?.user };
      return { log: JSON.stringify(credential) };
    },
  };
}

const EXEC = 'client.authentication.k8s.io/v1beta1';

function refusalOf({ input }: Call): string | undefined {
  const ids = Object.entries(AZURE);
  const missing = ids.filter(([name]) => input(name) === '').map(([name]) => name);
  if (missing.length > 0)
    return `Login failed with Error: Using auth-type: SERVICE_PRINCIPAL. Not all values are present. Ensure ${missing.join(', ')} are supplied.`;
  const wrong = ids.find(([name, id]) => input(name) !== id)?.[0];
  return wrong && `AADSTS700016: there is no application with this ${wrong}: ${input(wrong)}.`;
}

/** Leaves a kubeconfig where the real one does: with `use-kubelogin` the token is asked for when it is needed. */
async function setContext({ input, env }: Call, kubeconfig: string): Promise<Answer> {
  const wrong = Object.entries(AKS).find(([name, value]) => input(name) !== value)?.[0];
  if (wrong !== undefined)
    throw new Error(`ResourceNotFound: there is no cluster with the ${wrong} "${input(wrong)}".`);
  const parsed = parse(kubeconfig) as Kubeconfig;
  const exec = { apiVersion: EXEC, command: 'kubelogin', args: ['get-token', '--login', 'azurecli'] };
  const users = parsed.users.map(({ name }) => ({ name, user: { exec } }));
  const given = input('use-kubelogin') === 'true' ? stringify({ ...parsed, users }) : kubeconfig;
  const file = join(env.RUNNER_TEMP ?? '', `kubeconfig_${Date.now()}`);
  await writeFile(file, given, { mode: 0o600 });
  return { env: { KUBECONFIG: file } };
}
