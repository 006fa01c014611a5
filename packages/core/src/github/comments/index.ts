export type { RunRevision } from '../../release/index.ts';
export { parseBody, sectionKey, TITLE } from './body.ts';
export { createCommentStore } from './github-store.ts';
export { isRefused, WriteRefused } from './refusal.ts';
export type { Pace } from './settle.ts';
export { type CommentStore, HIDING_REASONS, type HidingReason, type StoredComment } from './store.ts';
export { type CommentWrite, writeComment } from './write.ts';
export type { Written } from './written.ts';
