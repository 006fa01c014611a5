import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegistryAddress } from './address.ts';
import type { Credentials } from './credentials.ts';
import type { Variables } from './docker-credential.ts';
import { LookupProblem } from './lookup-problem.ts';

/** The parts of Docker's `config.json` that say who logged in where. */
export interface DockerConfig {
  /** Absolute path of the file, for sentences. */
  readonly path: string;
  readonly auths: Fields;
  /** Registry → credential helper. */
  readonly credHelpers: Fields;
  /** Credential helper of all other registries; empty when there is none. */
  readonly credsStore: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what `docker login` and docker/login-action wrote. No file is an empty configuration.
 *
 * @param folder `$DOCKER_CONFIG`, by default `~/.docker`
 * @throws LookupProblem when the file cannot be read or is no JSON object; its content is never shown
 */
export async function readDockerConfig(folder: string): Promise<DockerConfig> {
  const path = join(folder, 'config.json');
  const content = fieldsOf(await parseFile(path));
  if (content === undefined) throw unreadable(path, 'is not a JSON object');
  const { auths, credHelpers, credsStore } = content;
  return {
    path,
    auths: fieldsOf(auths) ?? {},
    credHelpers: fieldsOf(credHelpers) ?? {},
    credsStore: typeof credsStore === 'string' ? credsStore : '',
  };
}

async function parseFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = Error.isError(error) && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw unreadable(path, `cannot be read (${code})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and the text holds passwords.
    throw unreadable(path, 'is not valid JSON');
  }
}

function unreadable(path: string, what: string): LookupProblem {
  return new LookupProblem(
    `the Docker configuration ${path} ${what}; log in again with docker/login-action.`,
  );
}

/** Where Docker's configuration is: https://docs.docker.com/reference/cli/docker/#environment-variables */
export function dockerConfigFolder({ DOCKER_CONFIG, HOME, USERPROFILE }: Variables): string {
  return DOCKER_CONFIG || join(HOME || USERPROFILE || '', '.docker');
}

/** The helper that Docker would ask for this registry; undefined when its own file holds the credentials. */
export function helperFor(config: DockerConfig, address: RegistryAddress): string | undefined {
  const own = keysOf(address).map((key) => config.credHelpers[key]);
  const helper = own.find((name) => typeof name === 'string' && name !== '') ?? config.credsStore;
  return typeof helper === 'string' && helper !== '' ? helper : undefined;
}

/**
 * The credentials in the file for a registry. A key may be a host, a URL of one, or (Podman) a host with the
 * beginning of the repository, of which the longest wins.
 */
export function credentialsIn(config: DockerConfig, address: RegistryAddress): Credentials | undefined {
  const exact = keysOf(address).find((key) => config.auths[key] !== undefined);
  const key = exact ?? Object.keys(config.auths).find((name) => hosts(address).includes(hostOf(name)));
  return key === undefined ? undefined : credentialsOf(fieldsOf(config.auths[key]) ?? {});
}

function keysOf(address: RegistryAddress): readonly string[] {
  const parts = address.repository.split('/');
  const scoped = parts.map((_, index) => [address.host, ...parts.slice(0, parts.length - index)].join('/'));
  return [...scoped, address.credentialKey, ...hosts(address)];
}

/** Docker Hub has been filed under all of its names. */
function hosts({ host }: RegistryAddress): readonly string[] {
  return host === 'docker.io' ? [host, 'index.docker.io', 'registry-1.docker.io'] : [host];
}

/** https://github.com/docker/cli/blob/master/cli/config/credentials/file_store.go, ConvertToHostname */
function hostOf(key: string): string {
  const rest = key.replace(/^https?:\/\//, '');
  // A host with a path and no scheme is Podman's form for a part of a registry only.
  return rest === key && key.includes('/') ? '' : rest.replace(/\/.*$/s, '');
}

function credentialsOf(entry: Fields): Credentials | undefined {
  const { auth, username, password, identitytoken, registrytoken } = entry;
  if (isText(identitytoken)) return { kind: 'identity', token: identitytoken };
  if (isText(registrytoken)) return { kind: 'bearer', token: registrytoken };
  if (isText(auth)) return decode(auth);
  return isText(username) && isText(password) ? { kind: 'password', user: username, password } : undefined;
}

function decode(auth: string): Credentials | undefined {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  // Docker pads with NUL characters: https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
  const password = text.slice(colon + 1).replace(/^\0+|\0+$/g, '');
  return colon > 0 ? { kind: 'password', user: text.slice(0, colon), password } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
