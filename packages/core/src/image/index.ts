export { type ImageReference, normalizeImageName, parseImageReference } from './image-reference.ts';
export { type ImageTarget, parseImageTarget, targetKey } from './image-target.ts';
