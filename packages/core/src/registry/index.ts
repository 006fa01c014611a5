export { createRegistryClient, type RegistryClient, type RegistryOptions } from './client.ts';
export type { HelperRun, RunHelper } from './credential-helper.ts';
export { imageExists, resolveDigest } from './resolve-digest.ts';
export { resolveDigests, verifyImages } from './verify-images.ts';
