export { type Certificate, createCertificate } from './certificate.ts';
export * from './engines/index.ts';
export { faults } from './faults.ts';
export { type GitOptions, git } from './git/command.ts';
export { startGitHub } from './github.ts';
export { startRegistry } from './registry/registry.ts';
export type {
  PushOptions,
  Registry,
  RegistryAuth,
  RegistryOptions,
  RegistryRequest,
} from './registry/types.ts';
export { jobVariables } from './run-action/environment.ts';
export { type JobContext, jobContext } from './run-action/job-context.ts';
export { runAction } from './run-action/run-action.ts';
export { type TemporaryDirectory, temporaryDirectory } from './temporary-directory.ts';
export type * from './types.ts';
export { startWebsites, type WebsiteAnswer, type WebsiteRequest, type Websites } from './websites.ts';
