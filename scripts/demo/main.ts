// The whole story on one machine: the committed bundles against GitHub on loopback, with real git repositories.
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { requireGit, root } from '../project.ts';
import { renderReport } from './report.ts';
import { buildStage } from './stage.ts';
import { tellStory } from './story.ts';
import { printTimeline } from './timeline.ts';

requireGit();
const args = process.argv.slice(2);
if (args.length > 0) {
  const { tryRepository } = await import('./try-repository.ts');
  process.exit(tryRepository(args));
}
const timeline = printTimeline();
console.log('GitHub on loopback with acme/shop and acme/gitops, and the five actions as they are committed.');
try {
  await using stage = await buildStage(timeline);
  const pullRequest = await tellStory(stage);
  const report = join(root, 'demo-report.html');
  writeFileSync(report, await renderReport(stage, pullRequest));
  const claims = timeline.chapters
    .flatMap(({ entries }) => entries)
    .filter(({ kind }) => kind === 'claim').length;
  const broken = timeline.broken.length;
  console.log(
    `\n${claims - broken} of ${claims} claims hold. The pull request as a reader sees it: ${relative(process.cwd(), report)}`,
  );
  if (broken > 0) process.exitCode = 1;
} catch (error) {
  console.error(`\nThe demo stopped: ${Error.isError(error) ? error.message : String(error)}`);
  process.exitCode = 1;
}
