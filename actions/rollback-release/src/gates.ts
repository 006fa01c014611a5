import type { Inputs } from './inputs.ts';

/** Why nothing is rolled back, as one sentence; undefined when it is. What nobody knows to be bad stays. */
export function skipReason({
  verdict,
  migration,
  afterMigration,
}: Pick<Inputs, 'verdict' | 'migration' | 'afterMigration'>): string | undefined {
  if (verdict === 'healthy') return 'The verdict is healthy; there is nothing to roll back.';
  if (verdict === 'unknown')
    return 'The verdict is unknown, and a release that may be good is not rolled back; look at the cluster, and run this without "verdict" to roll back all the same.';
  if (migration && !afterMigration)
    return 'The release migrated a database, which a rollback does not undo; set "after-migration: true" when the release before works with the new schema, or release a fix.';
  return undefined;
}
