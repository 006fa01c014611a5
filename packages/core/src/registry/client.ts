import type { RegistryAddress } from './address.ts';
import type { Credentials } from './credentials.ts';
import { credentialsIn, type DockerConfig, helperFor, readDockerConfig } from './docker-config.ts';
import { askCredentialHelper, type HelperHost } from './docker-credential.ts';
import type { HttpAnswer, HttpRequest } from './http-send.ts';
import { type Patience, sendPatiently } from './patient-send.ts';

export interface RegistryOptions extends Patience, HelperHost {
  /** Folder of Docker's configuration: `$DOCKER_CONFIG`, by default `~/.docker`. */
  readonly dockerConfig: string;
}

/** Access to any registry, as whoever the job logged in as. */
export interface RegistryClient {
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Undefined: nobody logged in there. */
  readonly credentials: (address: RegistryAddress) => Promise<Credentials | undefined>;
}

/**
 * A client for OCI registries that knows what the job knows: the logins in Docker's configuration, and no other token.
 * The job's GitHub token is not used by itself, not even for GitHub's own registry: `docker/login-action` decides.
 *
 * The configuration is read, and each helper asked, once, and only when a registry asks who is there.
 */
export function createRegistryClient(options: RegistryOptions): RegistryClient {
  let config: Promise<DockerConfig> | undefined;
  const asked = new Map<string, Promise<Credentials | undefined>>();
  const askOnce = ({ path }: DockerConfig, helper: string, address: RegistryAddress) => {
    const key = `${helper} ${address.credentialKey}`;
    const answer = asked.get(key) ?? askCredentialHelper(helper, address, path, options);
    asked.set(key, answer);
    return answer;
  };
  return {
    send: (request) => sendPatiently(request, options),
    credentials: async (address) => {
      config ??= readDockerConfig(options.dockerConfig);
      const known = await config;
      const helper = helperFor(known, address);
      const answer = helper === undefined ? undefined : await askOnce(known, helper, address);
      return answer ?? credentialsIn(known, address);
    },
  };
}
