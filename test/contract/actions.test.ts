import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Action,
  ConfigurationError,
  type Environment,
  InputReader,
  type Run,
} from '@gitops-actions/core/action';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actions, root } from '../../scripts/project.ts';

interface Metadata {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { description: string; required?: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/** Values for inputs that have no default but are needed: enough for every input to be read. */
const SAMPLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'release-id': {},
  'update-manifest': { path: 'apps' },
  'rollback-release': { path: 'apps' },
  'promote-release': { 'from-path': 'staging', path: 'production', 'from-environment': 'staging' },
  'deploy-preview': { domain: 'preview.example.com', image: 'ghcr.io/acme/web:v1', chart: 'chart' },
  'cleanup-previews': {},
  'comment-pr': { message: 'hello' },
  'verify-deployment': { engine: 'argocd', application: 'shop', commit: 'a'.repeat(40) },
};

const RUN: Run = {
  repository: 'acme/shop',
  repositoryId: 1,
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  graphqlUrl: 'https://api.github.com/graphql',
  runId: 1,
  runNumber: 1,
  runAttempt: 1,
  sha: 'a'.repeat(40),
  ref: 'refs/heads/main',
  eventName: 'push',
  event: {},
  workflowRef: 'acme/shop/.github/workflows/a.yml@refs/heads/main',
  url: 'https://github.com/acme/shop/actions/runs/1',
  workspace: '',
  temp: '',
};

const metadataOf = (action: string) =>
  parse(readFileSync(join(root, 'actions', action, 'action.yml'), 'utf8')) as Metadata;

/** Remembers which inputs were asked for. */
class RecordingReader extends InputReader {
  readonly names: string[] = [];

  override text(name: string): string {
    this.names.push(name);
    return super.text(name);
  }
}

async function load(name: string): Promise<Action<unknown>> {
  const module = (await import(join(root, 'actions', name, 'src', 'main.ts'))) as { action: Action<unknown> };
  return module.action;
}

/** Defaults of action.yml, as the runner evaluates them, and the sample on top. */
function sampleOf(name: string, metadata: Metadata): Readonly<Record<string, string>> {
  const defaults = Object.entries(metadata.inputs).map(([input, field]) => [
    input,
    (field.default ?? '')
      .replace('${{ github.token }}', 'token')
      .replace('${{ github.repository }}', RUN.repository),
  ]);
  return { ...(Object.fromEntries(defaults) as Record<string, string>), ...SAMPLE[name] };
}

function readerOf<Reader extends InputReader>(
  values: Readonly<Record<string, string>>,
  kind: new (environment: Environment) => Reader,
): Reader {
  return new kind(
    Object.fromEntries(
      Object.entries(values).map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value]),
    ),
  );
}

describe.each(actions)('%s', (name) => {
  const metadata = metadataOf(name);
  const declared = Object.keys(metadata.inputs);

  test('reads every declared input exactly once, and no other', async () => {
    const action = await load(name);
    const reader = readerOf(sampleOf(name, metadata), RecordingReader);
    expect(action.name).toBe(name);
    action.readInputs(reader, RUN);
    expect([...reader.names].sort()).toEqual([...declared].sort());
  });

  test('runs the committed bundle on Node 24', () => {
    expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });

  test('describes everything in kebab-case', () => {
    const fields = [...Object.entries(metadata.inputs), ...Object.entries(metadata.outputs)];
    expect(
      fields.filter(
        ([field, { description }]) => !/^[a-z]+(?:-[a-z]+)*$/.test(field) || !description?.trim(),
      ),
    ).toEqual([]);
  });

  test('refuses a misspelt input', async () => {
    const action = await load(name);
    const [first = ''] = declared.filter((input) => input.length > 5);
    const reader = readerOf({ ...sampleOf(name, metadata), [first.slice(0, -1)]: 'x' }, InputReader);
    const read = () => {
      action.readInputs(reader, RUN);
      reader.refuseUnknown(action.renamed);
    };
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(`Unknown input "${first.slice(0, -1)}"; did you mean "${first}"?`);
  });
});
