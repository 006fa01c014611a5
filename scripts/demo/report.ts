import type { PullRequest } from '@gitops-actions/testkit';
import { marked } from 'marked';
import { diff, grid, html } from './report-html.ts';
import { STYLE } from './report-style.ts';
import { CHANGE, OVERLAY, type Stage } from './stage.ts';
import { tally } from './timeline.ts';

/** The pull request's page as a reader sees it at the end, and how it came there: one self-contained file. */
export async function renderReport(stage: Stage, pullRequest: PullRequest): Promise<string> {
  const { timeline, gitops, shop } = stage;
  const result = tally(timeline);
  const sections = [
    header(pullRequest, result),
    comments(pullRequest),
    deployments(shop.deployments()),
    story(stage),
    await history(stage),
    file(OVERLAY, await gitops.read('main', OVERLAY)),
    requests(stage),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo: ${html(result)}</title>
<style>${STYLE}</style>
</head>
<body><main>
${sections.join('\n')}
</main></body>
</html>
`;
}

function header(pullRequest: PullRequest, result: string): string {
  const state = pullRequest.merged ? 'Merged' : pullRequest.state === 'open' ? 'Open' : 'Closed';
  return `<header><h1>${html(CHANGE.title)} <span class="number">#${pullRequest.number}</span></h1>
<p><span class="badge ${state.toLowerCase()}">${state}</span> <code>acme/shop</code>, from <code>${html(pullRequest.head)}</code> into <code>${html(pullRequest.base)}</code></p>
<p class="result">The demo ran to its end: ${html(result)}.</p>
<p class="note">GitHub, Argo CD and its cluster were stand-ins on one machine, and no image was built; the actions and git are real. Links lead to the stand-ins, which have ended.</p></header>
<section><h2>The description, by <code>${html(CHANGE.author)}</code></h2>${box(CHANGE.body)}</section>`;
}

/** The comment now, and as it was after each edit that a reader could have seen for longer than a moment. */
function comments(pullRequest: PullRequest): string {
  return pullRequest
    .comments()
    .map((comment) => {
      const running = comment.revisions.find(({ body }) => (body.match(/✅/g) ?? []).length === 3);
      const before = running
        ? `<details open><summary>While the pull request was open</summary>${box(running.body)}</details>`
        : '';
      const after = `<details open><summary>Now (edited ${comment.edits} times)</summary>${box(comment.body)}</details>`;
      return `<section><h2>The comment, by <code>${html(comment.author)}</code></h2>${before}${after}</section>`;
    })
    .join('\n');
}

function box(markdown: string): string {
  return `<div class="comment">${marked.parse(markdown, { async: false, gfm: true })}</div>`;
}

function deployments(list: ReturnType<Stage['shop']['deployments']>): string {
  const rows = list.map(({ task, sha, statuses, environment }) => {
    const states = [...statuses]
      .reverse()
      .map(({ state }) => `<span class="state ${state}">${state.replace('_', ' ')}</span>`);
    const url = statuses.find(({ environment_url }) => environment_url)?.environment_url ?? '';
    return [
      `<code>${html(task)}</code>`,
      html(environment),
      `<code>${sha.slice(0, 7)}</code>`,
      states.join(' → '),
      html(url),
    ];
  });
  return `<section><h2>Deployments</h2>${grid(['task', 'environment', 'commit', 'states', 'address'], rows)}</section>`;
}

function story({ timeline }: Stage): string {
  const chapters = timeline.chapters.map(({ title, entries }) => {
    const items = entries.map(({ kind, text, detail, seconds, holds }) => {
      const sign = kind === 'event' ? '·' : holds ? '✔' : '✘';
      return `<li class="${kind} ${holds ? 'holds' : 'broken'}"><time>${seconds.toFixed(1)} s</time><b>${sign}</b><div>${html(text)}${detail ? diff(detail) : ''}</div></li>`;
    });
    return `<h3>${html(title)}</h3><ol>${items.join('')}</ol>`;
  });
  return `<section><h2>What happened</h2>${chapters.join('')}</section>`;
}

async function history({ gitops }: Stage): Promise<string> {
  const rows = (await gitops.log('main')).map(({ sha, message, files }) => {
    const [headline, ...body] = message.split('\n');
    const trailers = body
      .filter((line) => line.trim() !== '')
      .map(html)
      .join('<br>');
    return [
      `<code>${sha.slice(0, 7)}</code>`,
      `<b>${html(headline ?? '')}</b>${trailers ? `<p class="trailers">${trailers}</p>` : ''}`,
      files.length > 4 ? `${files.length} files` : files.map(html).join('<br>'),
    ];
  });
  return `<section><h2>History of acme/gitops</h2>${grid(['commit', 'message', 'files'], rows)}</section>`;
}

function file(path: string, text: string): string {
  return `<section><h2>${html(path)} at the end</h2><pre>${html(text)}</pre></section>`;
}

function requests({ runs }: Stage): string {
  const rows = runs.map(({ action, run }) => [
    `<code>${html(action)}</code>`,
    String(run.requests.length),
    `${(run.ms / 1000).toFixed(2)} s`,
    run.requests.map(({ route }) => html(route)).join('<br>'),
  ]);
  return `<section><h2>What each step asked of GitHub</h2>${grid(['action', 'requests', 'time', 'in order'], rows)}</section>`;
}
