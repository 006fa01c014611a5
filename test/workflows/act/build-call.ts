import { ordersInputs } from './backend-call.ts';
import type { Ran } from './run-workflow.ts';
import type { RunOptions } from './runs.ts';
import type { Scene } from './scene.ts';

/** Who may push, where the registry asks. */
export const LOGIN = { username: 'acme', password: 'a long word' };

/** The job that builds. */
export const IMAGE = 'call / orders / Image';

/** Builds the service orders of a push by backend.yml, which pushes it with user and password. */
export function buildOrders(
  scene: Scene,
  inputs: Readonly<Record<string, unknown>> = {},
  { secrets = { registry_password: LOGIN.password }, ...options }: Partial<RunOptions> = {},
): Promise<Ran> {
  const given = {
    ...ordersInputs(scene),
    registry: scene.registry.host,
    'registry-login': 'password',
    'registry-username': LOGIN.username,
    ...inputs,
  };
  return scene.call(
    'backend',
    { event: 'push', secrets, ...options },
    { inputs: given, secrets: Object.keys(secrets) },
  );
}
