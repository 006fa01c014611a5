import { type Controller, isWithin, plainPath } from './controller.ts';
import { annotate, type ControllerPlace, listCustom, objectName, readCustom } from './controller-access.ts';
import { type FluxKustomization, reconciliationOf } from './flux-kustomization.ts';

const KUSTOMIZATIONS = { api: 'kustomize.toolkit.fluxcd.io/v1', plural: 'kustomizations' };
const REPOSITORIES = { api: 'source.toolkit.fluxcd.io/v1', plural: 'gitrepositories' };
const REQUESTED = 'reconcile.fluxcd.io/requestedAt';

/** Previews that Kustomizations of Flux bring into the cluster: one of its own each, or one for all. */
export function createFlux(place: ControllerPlace): Controller {
  const { namespace } = place;
  const whereOf: Controller['whereOf'] = (preview) =>
    `Kustomization ${objectName(place, preview)} in namespace ${namespace}`;
  const read = (name: string, signal: AbortSignal) =>
    readCustom<FluxKustomization>(place, KUSTOMIZATIONS, name, signal);
  return {
    whereOf,
    read: async (preview, folder, signal) => {
      const kustomization = await read(objectName(place, preview), signal);
      return kustomization && reconciliationOf(kustomization, whereOf(preview), folder);
    },
    nudge: async (preview, folder, signal) => {
      const own = await read(objectName(place, preview), signal);
      const parents = await listCustom<FluxKustomization>(place, KUSTOMIZATIONS, signal);
      const covering = parents.filter(({ spec }) => isWithin(folder, plainPath(spec?.path ?? '')));
      const annotation = `${REQUESTED}=${new Date().toISOString()}`;
      for (const source of sourcesOf([...(own ? [own] : []), ...covering], namespace)) {
        await annotate(place, REPOSITORIES, { ...source, annotation }, signal);
      }
    },
  };
}

interface Source {
  readonly namespace: string;
  readonly name: string;
}

/** The Git repositories that Kustomizations take their files from, each once. */
function sourcesOf(kustomizations: readonly FluxKustomization[], namespace: string): readonly Source[] {
  const sources = kustomizations.flatMap(({ spec, metadata }) => {
    const { kind, name = '', namespace: own } = spec?.sourceRef ?? {};
    return kind === 'GitRepository' ? [{ name, namespace: own ?? metadata.namespace ?? namespace }] : [];
  });
  return [...new Map(sources.map((source) => [`${source.namespace}/${source.name}`, source])).values()];
}
