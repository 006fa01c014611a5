import { APPLICATIONS, type Application, REFRESH, readCustom } from '../controller/index.ts';
import { reconciliationOf } from './argocd-application.ts';
import type { Controller } from './controller.ts';
import { annotateIfAllowed, type ControllerPlace, listIfAllowed, objectName } from './controller-access.ts';

const SETS = { ...APPLICATIONS, plural: 'applicationsets' };
const REFRESH_SET = 'argocd.argoproj.io/application-set-refresh';

interface ApplicationSet {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly generators?: unknown };
}

/** Previews as Applications of Argo CD, which an ApplicationSet makes of the files. */
export function createArgoCd(place: ControllerPlace): Controller {
  const { namespace } = place;
  const whereOf: Controller['whereOf'] = (preview) =>
    `Application ${objectName(place, preview)} in namespace ${namespace}`;
  const read = (name: string, signal: AbortSignal) =>
    readCustom<Application>(place, APPLICATIONS, name, signal);
  return {
    whereOf,
    read: async (preview, folder, signal) => {
      const application = await read(objectName(place, preview), signal);
      return application && reconciliationOf(application, whereOf(preview), folder);
    },
    nudge: async (preview, folder, signal) => {
      const name = objectName(place, preview);
      const sets = await listIfAllowed<ApplicationSet>(place, SETS, signal);
      for (const { metadata, spec } of sets) {
        if (!pathsOf(spec?.generators).some((path) => covers(path, folder))) continue;
        await annotateIfAllowed(place, SETS, metadata.name, `${REFRESH_SET}=true`, signal);
      }
      if (await read(name, signal))
        await annotateIfAllowed(place, APPLICATIONS, name, `${REFRESH}=normal`, signal);
    },
  };
}

/** Every `path` below `git` in the generators, however they are nested. */
function pathsOf(value: unknown, isGit = false): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => pathsOf(item, isGit));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    isGit && key === 'path' && typeof inner === 'string' ? [inner] : pathsOf(inner, isGit || key === 'git'),
  );
}

/** Whether a generator's pattern may speak of the folder, by what stands before its first wildcard. */
function covers(pattern: string, folder: string): boolean {
  const [start = ''] = pattern.split(/[*?[{]/);
  return `${folder}/`.startsWith(start) || start.startsWith(`${folder}/`);
}
