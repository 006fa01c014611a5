// The whole story on one machine: the committed bundles against GitHub on loopback, with real git repositories.
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { requireGit, root } from '../project.ts';
import { renderReport } from './report.ts';
import { buildStage } from './stage.ts';
import { tellStory } from './story.ts';
import { printTimeline, tally } from './timeline.ts';

requireGit();
const args = process.argv.slice(2);
if (args.length > 0) {
  const { tryRepository } = await import('./try-repository.ts');
  process.exit(tryRepository(args));
}
const timeline = printTimeline();
const report = join(root, 'demo-report.html');
// A demo that stops must not leave the report of an earlier one behind.
rmSync(report, { force: true });
console.log(
  'Real: the five actions as they are committed, and git. Stand-ins on loopback: GitHub, with acme/shop and acme/gitops, and Argo CD with its cluster. No image is built.',
);
try {
  await using stage = await buildStage(timeline);
  const pullRequest = await tellStory(stage);
  writeFileSync(report, await renderReport(stage, pullRequest));
  console.log(
    `\n${tally(timeline)}. The pull request as a reader sees it: ${relative(process.cwd(), report)}`,
  );
  if (timeline.broken.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`\nThe demo stopped: ${Error.isError(error) ? error.message : String(error)}`);
  process.exitCode = 1;
}
