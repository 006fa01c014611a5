import { code } from '@gitops-actions/core/action';
import {
  createCommentStore,
  type GitHub,
  type Pace,
  parseBody,
  type RepositoryName,
  sectionKey,
  writeComment,
} from '@gitops-actions/core/github';
import type { PreviewRecord } from '@gitops-actions/core/preview';
import { compareRuns, type RunRevision } from '@gitops-actions/core/release';

/** What a comment says of a preview. */
export interface Section {
  readonly text: string;
  /**
   * Replaces the text.
   *
   * @returns false when a run that came after the section was found has written it
   * @throws WriteRefused for a read-only token and a locked conversation
   */
  write(text: string): Promise<boolean>;
}

/** The sections that previews have in the comments of their pull requests. */
export interface Sections {
  /** Undefined when there is no comment, or none that speaks of the preview. */
  find(preview: PreviewRecord): Promise<Section | undefined>;
}

/**
 * Sections of the comment that comment-pr keeps under an id. A preview's section has the name of its service, or the
 * preview's own, and speaks of it; anything else that stands there is somebody else's.
 *
 * It is written in the name of the run that has written it last, not of this one: a deployment that is run again later
 * is not taken for an old one, and one that came in between is not overwritten.
 *
 * @param id empty for no comments
 */
export function openSections(github: GitHub, repository: RepositoryName, id: string, pace: Pace): Sections {
  const find = async (preview: PreviewRecord): Promise<Section | undefined> => {
    const store = createCommentStore({
      github,
      repository,
      number: preview.pullRequest,
      permission: 'pull-requests: write',
    });
    const { comments } = await store.list((body) => parseBody(body)?.id === id);
    const parts = comments.map(({ body }) => parseBody(body)?.parts);
    for (const section of new Set([preview.service, preview.name])) {
      const part = parts.map((known) => known?.get(sectionKey(section))).find((one) => one !== undefined);
      if (part === undefined || !speaksOf(part.text, preview)) continue;
      const run = latest({ run: preview.runId, attempt: preview.runAttempt }, part.revision);
      const write = async (text: string) => {
        const { result } = await writeComment(
          store,
          { mode: 'upsert', id, section, title: '', text, order: 'run', run },
          pace,
        );
        return result !== 'superseded';
      };
      return { text: part.text, write };
    }
    return undefined;
  };
  return { find: async (preview) => (id === '' ? undefined : find(preview)) };
}

function speaksOf(text: string, { service, name, host }: PreviewRecord): boolean {
  return text.includes(code(service || name)) || text.includes(host);
}

function latest(a: RunRevision, b: RunRevision): RunRevision {
  return compareRuns(a, b) >= 0 ? a : { run: b.run, attempt: b.attempt };
}
