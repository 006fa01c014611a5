export { parseBody, sectionKey } from './body.ts';
export { createCommentStore } from './github-store.ts';
export type { Conversation } from './list-own.ts';
export { isRefused, WriteRefused } from './refusal.ts';
export type { Pace } from './settle.ts';
export { HIDING_REASONS, type HidingReason } from './store.ts';
export { type CommentWrite, writeComment } from './write.ts';
export type { Written } from './written.ts';
