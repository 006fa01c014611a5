import { ConfigurationError, type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import {
  type DeliverOptions,
  type OrderInputs,
  type RegistryCheck,
  readImageNames,
  readMessage,
  readOrder,
  readPaths,
  readRegistry,
  readStrategy,
  readTarget,
  type Target,
} from '@gitops-actions/core/delivery';
import type { PathSpec } from '@gitops-actions/core/gitops';
import type { ImageReference } from '@gitops-actions/core/image';
import type { Format } from '@gitops-actions/core/release';
import { readSource } from './source-inputs.ts';

export interface Inputs extends OrderInputs, DeliverOptions {
  /** Where releases are promoted from. */
  readonly source: Target;
  readonly fromPaths: PathSpec;
  /** Names without tag and digest; empty: all that both sides name. */
  readonly images: readonly ImageReference[];
  /** The environment that must have verified what is promoted; empty: nothing must. */
  readonly verifiedIn: string;
  readonly addMissing: boolean;
  readonly registry: RegistryCheck;
  readonly message: Format;
}

export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  const target = readTarget(reader, run, token);
  const inputs = {
    token,
    target,
    source: readSource(reader, run, target, token),
    fromPaths: readPaths(reader, 'from-path'),
    paths: readPaths(reader, 'path'),
    images: readImageNames(reader, 'the release comes from "from-path"'),
    verifiedIn: readVerifiedIn(reader),
    addMissing: reader.flag('add-missing'),
    registry: readRegistry(reader),
    order: readOrder(reader),
    allowDowngrade: reader.flag('allow-downgrade'),
    strategy: readStrategy(reader, target),
    message: readMessage(reader),
    dryRun: reader.flag('dry-run'),
    deadline: reader.duration('deadline'),
  };
  if (inputs.addMissing && inputs.images.length === 0)
    throw new ConfigurationError(
      'Input "add-missing" is true, but "images" is empty, so nobody can tell which images are missing on purpose; name those to add.',
    );
  return inputs;
}

function readVerifiedIn(reader: InputReader): string {
  const environment = reader.text('from-environment');
  const isRequired = reader.flag('require-verified');
  if (isRequired && environment === '')
    throw new ConfigurationError(
      'Input "from-environment" is empty, but "require-verified" is true; name the GitHub environment that verify-deployment records the source\'s releases in, or set "require-verified: false".',
    );
  if (/\p{Cc}/u.test(environment))
    throw illegal('from-environment', environment, 'the name of one GitHub environment, on one line');
  return isRequired ? environment : '';
}
