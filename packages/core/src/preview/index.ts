export { hasPlaceholder } from './cluster-list.ts';
export type { Controller } from './controller.ts';
export { type ControllerTarget, createController, readControllerTarget } from './controller-target.ts';
export { type Decision, decide, hasLabel, type Lifetime, moment } from './decision.ts';
export type {
  Deployed,
  Listing,
  LivePreview,
  PreviewCleaner,
  PreviewEngine,
  PreviewSpec,
  Removal,
  Standing,
  UnreadablePreview,
} from './engine.ts';
export { type ControlledOptions, withController } from './gitops-controlled.ts';
export { createGitOpsEngine, type GitOpsEngineOptions } from './gitops-engine.ts';
export { createHelmEngine } from './helm-engine.ts';
export type { HelmChart, HelmEngineOptions } from './helm-job.ts';
export { type HelmValues, parseHelmKey } from './helm-values.ts';
export { type HostRule, parseDomain, previewHost } from './host.ts';
export { createKustomizeCleaner, createKustomizeEngine } from './kustomize-engine.ts';
export type { KustomizeEngineOptions, Overlay } from './kustomize-job.ts';
export { defaultNameTemplate, parseService, previewName, previewNamespace, type Subject } from './name.ts';
export { fillPlaceholders, type PlaceholderValues } from './placeholders.ts';
export { PreviewFailed } from './preview-failed.ts';
export {
  formatRecord,
  isOurs,
  isSamePreview,
  type Mark,
  type PreviewRecord,
  parseRecord,
  RECORD_FILE,
} from './record.ts';
export { renderFile, type TemplateFile, unknownMarks } from './render.ts';
export type { IsRunOver } from './run-over.ts';
export { markOf, readEnginePath } from './target.ts';
export { readTemplateFolder } from './template-folder.ts';
