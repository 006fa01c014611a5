export { parseBody, sectionKey, TITLE } from './body.ts';
export { createCommentStore } from './github-store.ts';
export type { SectionWrite } from './plan.ts';
export { isRefused, WriteRefused } from './refusal.ts';
export type { RunRevision } from './revision.ts';
export type { Pace } from './settle.ts';
export type { CommentStore, StoredComment } from './store.ts';
export { type Upserted, upsertSection } from './upsert.ts';
