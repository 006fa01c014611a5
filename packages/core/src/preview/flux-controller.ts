import {
  type FluxKustomization,
  GIT_REPOSITORIES,
  gitSourceOf,
  KUSTOMIZATIONS,
  REQUESTED,
  readCustom,
} from '../controller/index.ts';
import { isWithin } from '../gitops/index.ts';
import { type Controller, plainPath } from './controller.ts';
import { annotateIfAllowed, type ControllerPlace, listIfAllowed, objectName } from './controller-access.ts';
import { reconciliationOf } from './flux-kustomization.ts';

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
      const parents = await listIfAllowed<FluxKustomization>(place, KUSTOMIZATIONS, signal);
      const covering = parents.filter(({ spec }) => isWithin(folder, plainPath(spec?.path ?? '')));
      const annotation = `${REQUESTED}=${new Date().toISOString()}`;
      for (const source of sourcesOf([...(own ? [own] : []), ...covering], namespace)) {
        const where = { ...place, namespace: source.namespace };
        await annotateIfAllowed(where, GIT_REPOSITORIES, source.name, annotation, signal);
      }
    },
  };
}

/** The Git repositories that Kustomizations take their files from, each once. */
function sourcesOf(kustomizations: readonly FluxKustomization[], namespace: string) {
  const sources = kustomizations.flatMap((kustomization) => gitSourceOf(kustomization, namespace) ?? []);
  return [...new Map(sources.map((source) => [`${source.namespace}/${source.name}`, source])).values()];
}
