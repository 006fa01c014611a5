import { ConfigurationError, type InputReader } from '@gitops-actions/core/action';
import { type FormatInput, readFormat } from './format-input.ts';
import { imageName, imagePrefix } from './image-name.ts';
import type { Images } from './matrix.ts';
import { parseServices, type Service } from './services.ts';

/** The inputs of release-id, parsed. */
export interface Inputs {
  readonly format: FormatInput;
  readonly previewFormat: FormatInput;
  readonly images: Images;
}

/**
 * Reads the inputs.
 *
 * @throws ConfigurationError when one is not legal, or a service has no image
 */
export function readInputs(reader: InputReader): Inputs {
  const services = parseServices(reader.text('services'));
  return {
    format: readFormat(reader, 'format'),
    previewFormat: readFormat(reader, 'preview-format'),
    images: { services, prefix: readPrefix(reader.text('image-prefix'), services) },
  };
}

function readPrefix(text: string, services: readonly Service[]): string {
  const where = 'Input "image-prefix"';
  if (text !== '') return services.length > 0 ? imagePrefix(where, text) : imageName(where, text);
  const bare = services.find(({ image }) => image === undefined);
  if (bare === undefined) return '';
  throw new ConfigurationError(
    `${where} is empty, so service "${bare.name}" has no image; set it, for example to ghcr.io/acme, or give the service an "image".`,
  );
}
