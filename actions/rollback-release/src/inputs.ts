import { type InputReader, illegal, type Run } from '@gitops-actions/core/action';
import {
  type DeliverOptions,
  type OrderInputs,
  readImageNames,
  readMessage,
  readOrder,
  readPaths,
  readStrategy,
  readTarget,
} from '@gitops-actions/core/delivery';
import type { ImageReference } from '@gitops-actions/core/image';
import type { Format } from '@gitops-actions/core/release';

const VERDICTS = ['', 'healthy', 'degraded', 'unknown'] as const;
const PLACEHOLDERS = ['images', 'from', 'to', 'repository', 'sha', 'run_number'];

export interface Inputs extends OrderInputs, DeliverOptions {
  /** `previous`, or the id of the release to go back to. */
  readonly to: string;
  /** Id of the release to undo; empty: the newest that stands there. */
  readonly release: string;
  /** Names without tag; empty: all that the release changed. */
  readonly images: readonly ImageReference[];
  readonly reason: string;
  /** Empty: a person asks. */
  readonly verdict: (typeof VERDICTS)[number];
  readonly migration: boolean;
  readonly afterMigration: boolean;
  readonly verifyImage: boolean;
  readonly message: Format;
}

export function readInputs(reader: InputReader, run: Run): Inputs {
  const token = reader.secret('token');
  const target = readTarget(reader, run, token);
  const inputs = {
    token,
    target,
    paths: readPaths(reader, 'path'),
    to: readId(reader, 'to'),
    release: readId(reader, 'release'),
    images: readImageNames(reader, 'the release comes from the history'),
    reason: reader.text('reason'),
    verdict: readVerdict(reader),
    migration: reader.flag('migration'),
    afterMigration: reader.flag('after-migration'),
    verifyImage: reader.flag('verify-image'),
    order: readOrder(reader),
    allowDowngrade: false,
    strategy: readStrategy(reader, target),
    message: readMessage(reader, PLACEHOLDERS),
    dryRun: reader.flag('dry-run'),
    deadline: reader.duration('deadline'),
  };
  if (inputs.to === '') throw illegal('to', '', 'previous, or the id of a release');
  return inputs;
}

/** A release id as it stands in manifests: a tag or a digest. */
function readId(reader: InputReader, input: string): string {
  const id = reader.text(input);
  if (/^[\w.:+-]*$/.test(id)) return id;
  throw illegal(input, id, 'one release id, such as v1.0.42-abc1234');
}

function readVerdict(reader: InputReader): Inputs['verdict'] {
  const text = reader.text('verdict');
  const verdict = VERDICTS.find((word) => word === text);
  if (verdict !== undefined) return verdict;
  throw illegal('verdict', text, 'empty, or one of: healthy, degraded, unknown');
}
