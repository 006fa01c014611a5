import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import {
  type DeliverOptions,
  type OrderInputs,
  type RegistryCheck,
  readMessage,
  readOrder,
  readPaths,
  readRegistry,
  readStrategy,
  readTarget,
} from '@gitops-actions/core/delivery';
import { type PathSpec, parsePathSpec } from '@gitops-actions/core/gitops';
import { type ImageTarget, parseImageTarget, targetKey } from '@gitops-actions/core/image';
import { parseValueTarget, type ValueTarget } from '@gitops-actions/core/manifest';
import type { Format } from '@gitops-actions/core/release';

export interface Inputs extends OrderInputs, DeliverOptions {
  /** Files, folders and globs that are searched for the images. */
  readonly paths: PathSpec;
  readonly images: readonly ImageTarget[];
  readonly values: readonly ValueTarget[];
  readonly addMissing: boolean;
  readonly registry: RegistryCheck;
  readonly message: Format;
}

export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  const target = readTarget(reader, run, token);
  const values = reader.list('values').map(readValue);
  const inputs = {
    token,
    target,
    paths: readPaths(reader, 'path', values.length > 0),
    images: reader.list('images').map(readImage),
    values,
    addMissing: reader.flag('add-missing'),
    registry: readRegistry(reader),
    order: readOrder(reader),
    allowDowngrade: reader.flag('allow-downgrade'),
    strategy: readStrategy(reader, target),
    message: readMessage(reader),
    dryRun: reader.flag('dry-run'),
    deadline: reader.duration('deadline'),
  };
  refuseTwice(inputs.images);
  return inputs;
}

function readImage(text: string): ImageTarget {
  const image = parseImageTarget(text);
  if (image !== undefined) return image;
  throw illegal(
    'images',
    text,
    'an image reference with a tag or digest, such as ghcr.io/acme/orders:v1.0.42',
  );
}

function readValue(line: string): ValueTarget {
  const value = parseValueTarget(line);
  const [file = ''] = parsePathSpec([value.file], 'values');
  return { ...value, file };
}

function refuseTwice(images: readonly ImageTarget[]): void {
  const seen = new Set<string>();
  for (const image of images) {
    const key = targetKey(image);
    if (seen.has(key)) {
      const name = image.kustomizeName ?? image.reference.written;
      throw new ConfigurationError(`Input "images" names ${name} twice; name each image once.`);
    }
    seen.add(key);
  }
}
