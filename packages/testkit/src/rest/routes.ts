import { COMMENT_ROUTES } from './comments.ts';
import { COMMIT_ROUTES } from './commits.ts';
import { COMPARE_ROUTES } from './compare.ts';
import { CONTENT_ROUTES } from './contents.ts';
import { DEPLOYMENT_ROUTES } from './deployments.ts';
import { GIT_ROUTES } from './git-data.ts';
import { GIT_WRITE_ROUTES } from './git-writes.ts';
import { ISSUE_ROUTES } from './issues.ts';
import { MERGE_ROUTES } from './merges.ts';
import { PULL_ROUTES } from './pulls.ts';
import type { Routes } from './route.ts';
import { RUN_ROUTES } from './runs.ts';

/** Every REST route about a repository that this GitHub answers. */
export const ROUTES: Routes = {
  ...COMMENT_ROUTES,
  ...COMMIT_ROUTES,
  ...COMPARE_ROUTES,
  ...CONTENT_ROUTES,
  ...DEPLOYMENT_ROUTES,
  ...GIT_ROUTES,
  ...GIT_WRITE_ROUTES,
  ...ISSUE_ROUTES,
  ...MERGE_ROUTES,
  ...PULL_ROUTES,
  ...RUN_ROUTES,
};
