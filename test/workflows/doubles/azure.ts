import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, Call } from './double.ts';
import { keepLogin } from './login.ts';

/** What a login by OIDC is made with. */
const IDS = ['client-id', 'tenant-id', 'subscription-id'];

/** Azure's half of OIDC cannot be had on loopback: that the ids are given is all that is looked at. */
export function azureLogin({ input }: Call): Answer {
  const missing = IDS.filter((id) => input(id) === '');
  if (missing.length > 0)
    throw new Error(`Not all values are present. Ensure ${missing.join(', ')} are supplied.`);
  return { log: 'Azure CLI login succeeds by using OIDC.' };
}

/** Leaves the kubeconfig of the test's cluster where the real one leaves AKS's. */
export const aksContext =
  (kubeconfig: () => string) =>
  async ({ input, env }: Call): Promise<Answer> => {
    if (input('cluster-name') === '' || input('resource-group') === '')
      throw new Error('Input required and not supplied: cluster-name and resource-group');
    const file = join(env.RUNNER_TEMP ?? '', `kubeconfig_${Date.now()}`);
    await writeFile(file, kubeconfig(), { mode: 0o600 });
    return { env: { KUBECONFIG: file } };
  };

/** `az acr login --name <registry>`. */
export async function az({ args, env }: Call): Promise<Answer> {
  const [group, command, flag, registry = ''] = args;
  if (group !== 'acr' || command !== 'login' || flag !== '--name')
    throw new Error(`The double does not know "az ${args.join(' ')}".`);
  await keepLogin(env, registry, '00000000-0000-0000-0000-000000000000', 'a token of Azure');
  return { log: 'Login Succeeded' };
}
