import type { Fault } from '../types/fault.ts';
import type { RequestRecord } from '../types/request.ts';

export interface RegistryOptions {
  /** Who may pull and push. Default: everybody. */
  auth?: RegistryAuth;
  /** Repositories that everybody may pull although there is `auth`. */
  public?: string[];
  /** Where the registry says that tokens come from. Default: its own token service. */
  realm?: string;
  /** Whether manifests are answered with `docker-content-digest`. Default: yes. */
  digestHeader?: boolean;
}

export interface RegistryAuth {
  username: string;
  password: string;
  /** `token`: by the registry's token service, as the large registries do; `basic`: at the registry itself. Default `token`. */
  scheme?: 'token' | 'basic';
}

/** One request, with what it showed instead of the secret itself. */
export interface RegistryRequest extends RequestRecord {
  /** Scheme of its `authorization`, in lower case: `basic`, `bearer`, or empty. */
  authorization: string;
}

export interface PushOptions {
  /** e.g. `linux/amd64`. With one or more an index is pushed, with a manifest for each; without, a single manifest. */
  platforms?: string[];
  /** Labels of the image's configuration. */
  labels?: Record<string, string>;
}

/** A registry on loopback that holds what is pushed to it, in memory. */
export interface Registry extends AsyncDisposable {
  /** What stands before the slash in a reference: `127.0.0.1:<port>`. */
  readonly host: string;
  readonly url: string;
  /** Refresh token that the token service takes instead of user and password. */
  readonly identityToken: string;
  /**
   * Builds a small image and pushes it over HTTP, blobs first, as a builder does.
   *
   * @returns the digest of what the tag names
   */
  push(repository: string, tag: string, options?: PushOptions): Promise<string>;
  /** Tag → digest. */
  tags(repository: string): Record<string, string>;
  /** Docker's `config.json` with this registry's login. */
  dockerConfig(): string;
  /** Requests in order of arrival, without those of `push`. */
  requests(): RegistryRequest[];
  /**
   * Lets requests fail, by the same effects as GitHub's. A string in `match` must be equal to the route:
   * `HEAD /v2/{name}/manifests/{reference}`, `GET /token`, …
   *
   * @returns a function that takes the fault back
   */
  inject(fault: Fault): () => void;
  close(): Promise<void>;
}
