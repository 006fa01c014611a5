import type { CommentStore, Seen, StoredComment } from '../../../src/github/comments/store.ts';

interface Kept {
  readonly comment: StoredComment;
  /** Newest first, the first text last. */
  readonly texts: string[];
  isHidden: boolean;
}

/** The comments of one pull request, with GitHub's rules: ids grow, an update replaces, each text is remembered. */
export interface MemoryConversation {
  readonly kept: Kept[];
  nextId: number;
  writes: number;
}

export function emptyConversation(): MemoryConversation {
  return { kept: [], nextId: 1, writes: 0 };
}

export interface MemoryOptions {
  /** Awaited before and after the work of every call: what happens in between is up to the schedule. */
  readonly turn: () => Promise<void>;
  /** Texts per page of history. */
  readonly page?: number;
  /** The history is read later than the write, not together with it. */
  readonly readsHistoryLate?: boolean;
  readonly hidesHistory?: boolean;
  /** How many of the newest comments a list does not show yet. */
  readonly hidden?: () => number;
  readonly isLocked?: boolean;
  /** Whether the answer of this write is lost, before or after its work. */
  readonly loses?: () => 'before' | 'after' | undefined;
}

export function memoryStore(conversation: MemoryConversation, options: MemoryOptions): CommentStore {
  const { turn, page = 25 } = options;
  const find = (id: number) => conversation.kept.find(({ comment }) => comment.id === id);
  const show = (kept: Kept | undefined, from = 0): Seen | 'gone' => {
    const [body] = kept?.texts ?? [];
    if (kept === undefined || body === undefined) return 'gone';
    const { isHidden } = kept;
    if (options.hidesHistory) return { body, history: undefined, isHidden };
    const history = kept.texts.length > 1 ? kept.texts.slice(from, from + page) : [];
    const next = from + page;
    return { body, history, isHidden, ...(next < kept.texts.length && { older: String(next) }) };
  };
  const call = async <Result>(work: () => Result): Promise<Result> => {
    await turn();
    const result = work();
    await turn();
    return result;
  };
  const write = async <Result>(work: () => Result) => {
    const loss = options.loses?.();
    const result = await call(() => (loss === 'before' ? undefined : work()));
    return loss === undefined && result !== undefined ? result : { lost: new Error('502') };
  };
  return {
    list: (isOurs) =>
      call(() => {
        const end = conversation.nextId - (options.hidden?.() ?? 0);
        const comments = conversation.kept
          .map(({ comment, texts, isHidden }) => ({ ...comment, body: texts[0] ?? '', isHidden }))
          .filter(({ id, body }) => id < end && isOurs(body));
        return { comments, takesNoMore: options.isLocked === true };
      }),
    create: (body) =>
      write(() => {
        const id = conversation.nextId++;
        const comment = { id, nodeId: `IC_${id}`, url: `https://github.test/${id}`, body };
        conversation.kept.push({ comment, texts: [body], isHidden: false });
        conversation.writes += 1;
        return comment;
      }),
    update: async ({ id }, body) => {
      const answer = await write(() => {
        find(id)?.texts.unshift(body);
        conversation.writes += 1;
        return show(find(id));
      });
      if (!options.readsHistoryLate || answer === 'gone' || 'lost' in answer) return answer;
      return show(find(id));
    },
    look: ({ id }, older) => call(() => show(find(id), Number(older ?? 0))),
    remove: ({ id }) =>
      call(() => {
        const index = conversation.kept.findIndex(({ comment }) => comment.id === id);
        if (index >= 0) conversation.kept.splice(index, 1);
      }),
    hide: ({ id }) => call(() => setHidden(find(id), true)),
    show: async ({ id }) => {
      await call(() => setHidden(find(id), false));
    },
  };
}

function setHidden(kept: Kept | undefined, isHidden: boolean): 'hidden' | 'gone' {
  if (kept === undefined) return 'gone';
  kept.isHidden = isHidden;
  return 'hidden';
}
