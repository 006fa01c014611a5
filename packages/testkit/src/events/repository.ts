import { repositoryJson } from '../rest/templates.ts';
import type { RepositoryRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

const seconds = (timestamp: string) => Math.floor(Date.parse(timestamp) / 1000);

/** A push writes two of the repository's times as numbers; every other event as text. */
export function repositoryPayload(world: World, record: RepositoryRecord, event: string) {
  const json = repositoryJson(world, record);
  if (event !== 'push') return json;
  return {
    ...json,
    created_at: seconds(json.created_at),
    pushed_at: seconds(json.pushed_at),
    master_branch: json.default_branch,
  };
}
