import { expect, test } from '@jest/globals';
import { stagesOf } from '../../src/preview/kustomize-stages.ts';

function object(text: string) {
  const [kind = '', name = '', ...rest] = text.split(' ');
  const annotations = Object.fromEntries(
    rest.map((pair) => {
      const [key = '', value = ''] = pair.split('=');
      return [key === 'helm' ? 'helm.sh/hook' : `argocd.argoproj.io/${key}`, value];
    }),
  );
  return { apiVersion: 'v1', kind, metadata: { name, annotations } };
}

/** Names by stage; a stage of hooks has a star. */
function order(...texts: string[]) {
  const { stages, skipped } = stagesOf(texts.map(object));
  const names = stages.map(
    ({ objects, isHook }) => `${objects.map(({ metadata }) => metadata.name).join(' ')}${isHook ? ' *' : ''}`,
  );
  return { stages: names, skipped: skipped.map(({ metadata }) => metadata.name) };
}

test.each<[string, string[], string[]]>([
  ['one stage, settings first', ['Deployment web', 'ConfigMap a', 'Service s', 'Secret b'], ['a b web s']],
  [
    'settings, then the migration, then the rest',
    ['Deployment web', 'Job m hook=PreSync', 'ConfigMap a', 'Ingress i'],
    ['a', 'm *', 'web i'],
  ],
  ['hooks of helm alike', ['Deployment web', 'Job m helm=pre-install,pre-upgrade'], ['m *', 'web']],
  [
    'its own annotation wins over that of helm',
    ['Job m hook=PostSync helm=pre-install', 'Pod p'],
    ['p', 'm *'],
  ],
  ['after it', ['Job after hook=PostSync', 'Deployment web'], ['web', 'after *']],
  [
    'waves, in hooks too',
    [
      'Deployment web sync-wave=2',
      'StatefulSet db sync-wave=-1',
      'Pod p',
      'Job b hook=PreSync sync-wave=1',
      'Job a hook=PreSync',
    ],
    ['a *', 'b *', 'db', 'p', 'web'],
  ],
  [
    'settings with a wave stay in it',
    ['ConfigMap late sync-wave=3', 'Job m hook=PreSync', 'Pod p'],
    ['m *', 'p', 'late'],
  ],
  ['hooks of the sync itself before what is none', ['Pod p', 'Job m hook=Sync'], ['m *', 'p']],
  ['a wave that is no number is none', ['Pod p sync-wave=x', 'Pod q'], ['p q']],
])('%s', (_, texts, expected) => {
  expect(order(...texts)).toEqual({ stages: expected, skipped: [] });
});

test.each(['hook=Skip', 'hook=SyncFail', 'hook=PostDelete', 'helm=test', 'helm=pre-delete'])(
  'a hook of another moment is not applied: %s',
  (annotation) => {
    expect(order(`Job other ${annotation}`, 'Pod p')).toEqual({ stages: ['p'], skipped: ['other'] });
  },
);
