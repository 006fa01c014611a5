import { describe, expect, test } from '@jest/globals';
import { marked } from 'marked';
import { jobSummary, type Report, renderReport } from '../src/report.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const HEALTHY: Report = {
  verdict: 'healthy',
  superseded: false,
  reason: '',
  environment: 'production',
  url: 'https://shop.example.com',
  revision: COMMIT,
  subjects: [
    {
      where: 'Application shop in namespace argocd',
      state: 'Synced, Healthy',
      judgement: { kind: 'healthy' },
      revision: COMMIT,
    },
  ],
  reasons: [],
  smoke: [
    {
      url: 'https://shop.example.com/health',
      expected: '200-299',
      got: 'answered 200',
      passed: true,
      answered: true,
      tries: 2,
      milliseconds: 2100,
    },
  ],
  milliseconds: 125_000,
};

test('healthy', () => {
  expect(jobSummary(HEALTHY)).toBe(`### verify-deployment: healthy

**✅ healthy** · \`production\` · revision \`0123456\` · after 2m 5s · <https://shop.example.com/>

|  | what | state | revision | why |
| --- | --- | --- | --- | --- |
| ✅ | \`Application shop in namespace argocd\` | \`Synced, Healthy\` | \`0123456\` |  |

|  | smoke test | expected | got | tries | time |
| --- | --- | --- | --- | --- | --- |
| ✅ | \`https://shop.example.com/health\` | \`200-299\` | \`answered 200\` | 2 | 2s |
`);
});

test('superseded: unknown, and said so', () => {
  const report: Report = {
    ...HEALTHY,
    ...{ verdict: 'unknown', superseded: true, reason: 'Superseded: v2 took the place of v1.' },
    ...{ subjects: [], smoke: [] },
  };
  expect(jobSummary(report)).toMatch(/^### verify-deployment: superseded\n\n\*\*⏭️ superseded\*\* · /);
});

test('degraded: the reason first, what the cluster says last', () => {
  const report = renderReport({
    ...HEALTHY,
    verdict: 'degraded',
    reason: 'Deployment web in namespace shop: Pod web-1 is in CrashLoopBackOff.',
    environment: '',
    url: '',
    subjects: [
      {
        where: 'Deployment web',
        state: 'Degraded',
        judgement: { kind: 'broken', what: 'exceeded its progress deadline', isFinal: true },
        revision: '',
      },
      { where: 'Deployment api', state: '', judgement: { kind: 'unknown', what: 'deleted' }, revision: '' },
    ],
    reasons: ['Pod web-1: exit code 1\n  panic: no database', '', 'Pod web-2: exit code 1'],
    smoke: [],
  });
  expect(report).toBe(`**❌ degraded** · revision \`0123456\` · after 2m 5s

\`\`\`text
Deployment web in namespace shop: Pod web-1 is in CrashLoopBackOff.
\`\`\`

|  | what | state | revision | why |
| --- | --- | --- | --- | --- |
| ❌ | \`Deployment web\` | \`Degraded\` |  | \`exceeded its progress deadline\` |
| ❔ | \`Deployment api\` |  |  | \`deleted\` |

Details:

\`\`\`text
Pod web-1: exit code 1
  panic: no database

Pod web-2: exit code 1
\`\`\``);
});

const HOSTILE = [
  'EVIL @acme/admins #1',
  'EVIL <img src=x onerror=alert(1)>',
  'EVIL ](https://evil.example) [x](javascript:alert(1))',
  'EVIL ``` ~~~ `````` ` `` EVIL',
  'EVIL |\n| --- |\n| a | b',
  'EVIL\n```\n\n# EVIL\n\n<!-- gitops-actions:section -->\n<script>',
  'EVIL\r\n| x\u2028y | \\',
];

describe('text from outside stays text', () => {
  test.each(HOSTILE)('%j', (text) => {
    const subject = { where: text, state: text, revision: text };
    const report: Report = {
      verdict: 'unknown',
      superseded: false,
      reason: text,
      environment: text,
      url: text,
      revision: text,
      subjects: [
        { ...subject, judgement: { kind: 'waiting', what: text } },
        { ...subject, judgement: { kind: 'healthy' } },
      ],
      reasons: [text, text],
      smoke: [
        { url: text, expected: text, got: text, passed: false, answered: false, tries: 1, milliseconds: 1 },
      ],
      milliseconds: 1,
    };
    const html = marked.parse(jobSummary(report), { async: false, gfm: true });
    const outside = html.replace(/<pre><code[^>]*>.*?<\/code><\/pre>|<code>.*?<\/code>/gs, '');
    expect(outside).not.toMatch(/EVIL|<img|<script|<a |@acme|evil\.example|<!--/);
    expect(html.match(/<tr>/g)).toHaveLength(5);
    expect(html).toContain('EVIL');
  });

  test.each([
    ['javascript:alert(1)', '`javascript:alert(1)`'],
    ['https://a.example/<b>x y', '<https://a.example/%3Cb%3Ex%20y>'],
  ])('the URL %s', (url, shown) => {
    expect(renderReport({ ...HEALTHY, url })).toContain(shown);
  });
});

test('it fits into a comment however much there is', () => {
  const [subject] = HEALTHY.subjects;
  const [smoke] = HEALTHY.smoke;
  const long = '😀'.repeat(50_000);
  const report: Report = {
    ...HEALTHY,
    verdict: 'degraded',
    subjects: Array.from({ length: 80 }, () => ({ ...subject, where: long }) as Report['subjects'][number]),
    smoke: Array.from({ length: 50 }, () => ({ ...smoke, got: long }) as Report['smoke'][number]),
    reasons: [long],
  };
  const text = renderReport(report);
  expect(text.length).toBeLessThan(60_000);
  expect(text).toContain('… and 30 more.');
  expect(text.isWellFormed()).toBe(true);
});
