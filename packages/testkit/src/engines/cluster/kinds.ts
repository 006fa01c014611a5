import type { Api } from './api.ts';

/** A kind of object that the API server has now. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Of an object, or of all of them. The namespace does not count for kinds without one. */
  path(namespace: string, name?: string): string;
}

export interface Kinds {
  /** By what people call it: `pods`, `deployment`, `applications.argoproj.io`. */
  named(name: string): Promise<Kind>;
  /** By what stands in a manifest. */
  of(apiVersion: string, kind: string): Promise<Kind>;
}

interface Discovered extends Kind {
  readonly group: string;
  readonly names: readonly string[];
}

/** https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery */
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

interface Discovery {
  readonly items: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly { readonly version: string; readonly resources?: readonly Resource[] }[];
  }[];
}

interface Resource {
  readonly resource: string;
  readonly singularResource?: string;
  readonly shortNames?: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly responseKind?: { readonly kind: string };
}

/** What the API server has; asked again for what was not there the last time, since definitions are added. */
export function createKinds(api: Api): Kinds {
  let known: readonly Discovered[] = [];
  const find = async (what: string, isIt: (one: Discovered) => boolean) => {
    let found = known.find(isIt);
    if (found) return found;
    known = [...(await discover(api, '/api')), ...(await discover(api, '/apis'))];
    found = known.find(isIt);
    if (found) return found;
    throw new Error(`The API server has no kind ${what}.`);
  };
  return {
    named: (name) =>
      find(name, ({ names, group }) => names.some((one) => one === name || `${one}.${group}` === name)),
    of: (apiVersion, kind) =>
      find(`${apiVersion} ${kind}`, (one) => one.apiVersion === apiVersion && one.kind === kind),
  };
}

async function discover(api: Api, root: '/api' | '/apis'): Promise<readonly Discovered[]> {
  const { items } = (await api.read(root, AGGREGATED)) as Discovery;
  return items.flatMap(({ metadata: { name: group = '' } = {}, versions = [] }) =>
    versions.flatMap(({ version, resources = [] }) => {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      return resources.map((resource) => describeKind(`${root}/${apiVersion}`, group, apiVersion, resource));
    }),
  );
}

function describeKind(base: string, group: string, apiVersion: string, resource: Resource): Discovered {
  const { resource: plural, singularResource, shortNames = [], scope, responseKind } = resource;
  const kind = responseKind?.kind ?? '';
  return {
    ...{ apiVersion, kind, group },
    names: [plural, singularResource ?? kind.toLowerCase(), ...shortNames],
    path(namespace, name) {
      const place = scope === 'Namespaced' ? `/namespaces/${namespace}` : '';
      return `${base}${place}/${plural}${name === undefined ? '' : `/${name}`}`;
    },
  };
}
