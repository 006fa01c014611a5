export { createRegistryClient, type RegistryClient, type RegistryOptions } from './client.ts';
export { dockerConfigFolder } from './docker-config.ts';
export { imageExists, resolveDigest } from './resolve-digest.ts';
export { resolveDigests, verifyImages } from './verify-images.ts';
