export { type Decision, decide, type Lifetime, moment } from './decision.ts';
export type {
  Deployed,
  Listing,
  LivePreview,
  PreviewEngine,
  PreviewSpec,
  Removal,
  Standing,
  UnreadablePreview,
} from './engine.ts';
export { createGitOpsEngine, type GitOpsEngineOptions } from './gitops-engine.ts';
export { type Answer, type Expectation, parseStatusRanges, type StatusRange, unhealthy } from './health.ts';
export { type HostRule, parseDomain, previewHost } from './host.ts';
export { httpGet } from './http-get.ts';
export { defaultNameTemplate, parseService, previewName, previewNamespace, type Subject } from './name.ts';
export { fillPlaceholders, type PlaceholderValues } from './placeholders.ts';
export { type Health, type ProbeOptions, probe } from './probe.ts';
export {
  formatRecord,
  isNewerRun,
  isOurs,
  isSameDeployment,
  isSamePreview,
  type Mark,
  type PreviewRecord,
  parseRecord,
  RECORD_FILE,
} from './record.ts';
export { renderFile, type TemplateFile, unknownMarks } from './render.ts';
export { markOf, readEnginePath } from './target.ts';
export { readTemplateFolder } from './template-folder.ts';
