import { expect, test } from '@jest/globals';
import { onEngines } from './failure-scene.ts';
import { addRecords, watchedPrograms } from './reaper-records.ts';

const STATES = 'graphql PullRequestStates';
const COUNT = 500;

interface Entry {
  readonly name: string;
}
const names = (json = '[]') => (JSON.parse(json) as readonly Entry[]).map(({ name }) => name).sort();

onEngines('a cluster with 500 previews', ['helm', 'kustomize'], (open) => {
  test('one request to the cluster and five to GitHub decide; what a lost answer hides stays', async () => {
    await using scene = await open();
    await scene.deploy(await scene.open());
    for (let number = 2; number <= 4; number++) await (await scene.open()).close();
    await addRecords(scene.cluster, scene.namespace, COUNT);
    await using programs = await watchedPrograms();

    const run = await scene.scheduled({ 'dry-run': 'true' }, { env: { PATH: programs.path } });
    expect(await programs.calls()).toEqual([expect.stringMatching(/^kubectl get --raw \S*\/configmaps\?/)]);
    expect(run.requests.map(({ route }) => route)).toEqual(Array(COUNT / 100).fill(STATES));
    expect(names(run.outputs.kept)).toEqual(['pr-1', 'pr-2', 'pr-3', 'pr-4']);
    expect(names(run.outputs.failed)).toHaveLength(COUNT - 4);

    // Of the five, one cannot be read: the one that asks for pull request 2.
    const isLost = ({ body }: { readonly body: unknown }) => JSON.stringify(body ?? '').includes(' p2: ');
    scene.github.inject({ match: isLost, status: 500 });
    const blind = await scene.scheduled();
    expect(blind.exitCode).toBe(1);
    expect(names(blind.outputs.removed)).toEqual(['pr-3', 'pr-4']);
    expect(names(blind.outputs.kept)).toEqual(['pr-1']);
    expect(names(blind.outputs.failed)).toHaveLength(COUNT - 3);
    expect(await scene.cluster.get('configmap', scene.namespace, 'preview-pr-2')).toBeDefined();
    expect(await scene.cluster.get('configmap', scene.namespace, 'preview-pr-3')).toBeUndefined();
  });
});
