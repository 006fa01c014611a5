import type { PullRequest } from '@gitops-actions/testkit';
import { DOMAIN, type Job, SERVICES, type Stage, step } from './stage.ts';

/** release-id → three previews at once → each leg writes its section of the one comment. Returns the id. */
export async function previewRun(stage: Stage, job: Job): Promise<string> {
  const { timeline } = stage;
  const plan = await step(stage, 'release-id', job, {
    services: SERVICES.join('\n'),
    'image-prefix': 'ghcr.io/acme',
  });
  const id = plan.outputs.id ?? '';
  timeline.event(`run ${job.runNumber}: release-id says ${id}`);
  const legs = JSON.parse(plan.outputs.matrix ?? '') as { include: { name: string; image: string }[] };
  await Promise.all(
    legs.include.map(async ({ name, image }) => {
      const preview = await step(stage, 'deploy-preview', job, {
        engine: 'gitops',
        service: name,
        domain: DOMAIN,
        scheme: 'http',
        image,
        template: 'preview',
        repository: 'acme/gitops',
        'gitops-token': stage.github.token,
        path: 'previews',
        'health-text': '{{tag}}',
        timeout: '30s',
      });
      timeline.event(
        `${name}: ${preview.outputs.status} at ${preview.outputs.url} (${(preview.ms / 1000).toFixed(1)} s)`,
      );
      await step(stage, 'comment-pr', job, {
        section: name,
        title: 'Previews',
        message: preview.outputs.comment ?? '',
      });
    }),
  );
  return id;
}

/** Checks what a reader of the pull request relies on. */
export async function checkPreviews(stage: Stage, pullRequest: PullRequest, id: string): Promise<void> {
  const { timeline, cluster } = stage;
  const comments = pullRequest.comments();
  const sections = SERVICES.filter((service) =>
    comments[0]?.body.includes(`http://pr-${pullRequest.number}-${service}.${DOMAIN}`),
  );
  timeline.claim('the pull request has one comment', comments.length === 1, `${comments.length} comments`);
  timeline.claim('the comment has three sections', sections.length === 3, sections.join(', '));
  const images = SERVICES.map((service) =>
    cluster.running.get(`pr-${pullRequest.number}-${service}.${DOMAIN}`),
  );
  const wanted = SERVICES.map((service) => `ghcr.io/acme/${service}:${id}`);
  timeline.claim(
    `the cluster runs ${id} at all three addresses`,
    images.join() === wanted.join(),
    images.join(),
  );
  const live = stage.shop.deployments().filter(({ statuses }) => statuses[0]?.state === 'success');
  timeline.claim(
    'three deployments are active, each with its URL',
    live.length === 3 && live.every(({ statuses }) => statuses[0]?.environment_url),
    String(live.length),
  );
}
