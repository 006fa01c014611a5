import type { PreviewRecord } from '../../src/preview/index.ts';

/** A record of pull request 42, with some of it changed. */
export function recordOf(changes: Partial<PreviewRecord> = {}): PreviewRecord {
  return {
    name: 'pr-42-web',
    host: 'pr-42-web.preview.example.com',
    url: 'https://pr-42-web.preview.example.com',
    namespace: 'previews',
    image: 'ghcr.io/acme/web:v1.0.7-abc1234',
    service: 'web',
    pullRequest: 42,
    head: 'a'.repeat(40),
    repository: 'acme/shop',
    repositoryId: 1001,
    server: 'github.com',
    runId: 5000,
    runAttempt: 1,
    deployed: 1_700_000_000,
    expires: 1_700_604_800,
    ...changes,
  };
}
