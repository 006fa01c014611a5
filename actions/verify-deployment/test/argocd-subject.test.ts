import { type Application, judgeApplication } from '@gitops-actions/core/controller';
import { expect, test } from '@jest/globals';
import { asOneRevision } from '../src/argocd-subject.ts';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const ours = { repoURL: 'https://github.com/acme/gitops' };
const chart = { repoURL: 'https://charts.example.com' };

const judge = (revisions: readonly string[], sources: readonly object[]) => {
  const application: Application = {
    metadata: {},
    spec: { sources },
    status: {
      sync: { status: 'Synced', revisions },
      health: { status: 'Healthy' },
      operationState: { phase: 'Succeeded', syncResult: { revisions } },
    },
  };
  const isCurrent = (revision: string) => revision === NEW;
  const isOurs = (url: string) => url === ours.repoURL;
  return judgeApplication(asOneRevision(application, isOurs, isCurrent), isCurrent).kind;
};

test.each<[string, string, string[], object[]]>([
  ['all sources of the repository at the commit', 'healthy', [NEW, NEW], [ours, ours]],
  ['one of them before it', 'waiting', [NEW, OLD], [ours, ours]],
  ['the other of them before it', 'waiting', [OLD, NEW], [ours, ours]],
  ['a chart of elsewhere beside it', 'healthy', ['1.2.3', NEW], [chart, ours]],
  ['a chart of elsewhere, and the repository before it', 'waiting', [NEW, OLD], [chart, ours]],
  ['no source is the repository by its address', 'healthy', ['1.2.3', NEW], [chart, chart]],
])('%s: %s', (_name, kind, revisions, sources) => {
  expect(judge(revisions, sources)).toBe(kind);
});
