import type { InputReader } from '../action/index.ts';
import type { RegistryCheck } from './ask-registry.ts';

/** Reads the inputs `resolve-digest` and `verify-image`: whoever resolves a digest has verified the image. */
export function readRegistry(reader: InputReader): RegistryCheck {
  const [digest, exists] = [reader.flag('resolve-digest'), reader.flag('verify-image')];
  return digest ? 'digest' : exists ? 'exists' : 'none';
}
