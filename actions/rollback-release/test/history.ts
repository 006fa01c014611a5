import { parseImageReference } from '@gitops-actions/core/image';
import { type ManifestFile, standingReferences } from '@gitops-actions/core/manifest';
import type { Asked } from '../src/asked.ts';
import { type Decision, decide } from '../src/decide.ts';
import { nothingStands } from '../src/nothing-stands.ts';
import { momentOf, type Past } from '../src/past.ts';

/** Versions of images by file and name: `a.yaml` → `acme/web` → `v1`. A list is two places of one image. */
export type Versions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Step {
  readonly files: Versions;
  readonly releases?: readonly string[];
  readonly rolledBack?: readonly string[];
  readonly run?: string;
}

/** A branch in memory, its oldest commit first; each holds its files as a whole. */
export function history(
  steps: readonly Step[],
  isNewer: (current: string, other: string) => boolean = () => false,
) {
  const moments = steps
    .map((step, index) => momentOf({ id: String(index), message: messageOf(step), brought: [] }))
    .reverse();
  const log = steps
    .map((step, index) => ({ id: String(index), parent: '', url: '', message: messageOf(step) }))
    .reverse();
  const past: Past = {
    moment: async (index) => moments[index],
    standing: async (index, { file, target }) => {
      const step = steps[steps.length - 1 - index];
      const found = filesOf(step?.files ?? {}).find(({ path }) => path === file);
      return found === undefined ? [] : standingReferences(found, target);
    },
    searched: () => `all ${steps.length} commits of the path were searched`,
  };
  const head = { head: 'head', files: filesOf(steps.at(-1)?.files ?? {}) };
  const judged = {
    isBlocked: () => false,
    isNewer: async ({ bad }: { bad: readonly { tag: string | undefined }[] }, id: string) =>
      bad.some(({ tag = '' }) => isNewer(tag, id)),
  };
  const ask = (asked: Partial<Asked> = {}, files = head.files): Promise<Decision> =>
    decide(
      past,
      { ...head, files },
      {
        release: '',
        images: [],
        to: 'previous',
        run: { url: 'https://x/runs/1', runAttempt: 1 },
        only: '',
        ...asked,
      },
      judged,
      async () => nothingStands(log, { release: '', images: [], ...asked }),
    );
  return { past, ask };
}

/** A decision in one line for each image: `a.yaml acme/web v2 → v1`. */
export function shown(decision: Decision): readonly string[] {
  if (decision.kind !== 'undo') return [`${decision.kind}: ${decision.sentence}`];
  return decision.undo
    .map(({ file, target, bad, to }) => {
      const tags = bad.map(({ tag }) => tag).join(' ');
      return `${file} ${target.reference.written} ${tags} → ${to.tag}`;
    })
    .sort();
}

function messageOf({ releases = [], rolledBack = [], run }: Step): string {
  return [
    'Some headline',
    '',
    ...releases.map((id) => `Release: ${id}`),
    ...rolledBack.map((id) => `Rolled-Back: ${id}`),
    ...(run === undefined ? [] : [`Source-Run: ${run}`]),
  ].join('\n');
}

function filesOf(versions: Versions): readonly (ManifestFile & { oid: string; mode: 'regular' })[] {
  return Object.entries(versions).map(([path, images]) => {
    const lines = Object.entries(images).flatMap(([name, tags]) =>
      [tags].flat().map((version) => {
        const [tag, digest] = version.split('@');
        return `- name: ${name}\n${tag ? `  newTag: ${tag}\n` : ''}${digest ? `  digest: ${digest}\n` : ''}`;
      }),
    );
    return { path, content: Buffer.from(`images:\n${lines.join('')}`), oid: '', mode: 'regular' };
  });
}

export const web = (tag: string, more: Readonly<Record<string, string>> = {}) => ({
  'a.yaml': { 'acme/web': tag, ...more },
});
export const release = (tag: string, more = {}): Step => ({ files: web(tag, more), releases: [tag] });
export const back = (to: string, from: string, more: Partial<Step> = {}): Step => ({
  files: web(to),
  releases: [to],
  rolledBack: [from],
  ...more,
});
export const image = (text: string) => {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(text);
  return reference;
};
