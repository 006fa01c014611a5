import { expect, test } from '@jest/globals';
import { BAD, emptyStage, FIX, OLD, OVERLAY, sentence } from './stage.ts';

const WRITERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const SHOP = ['web', 'orders'];
const images = (id: string) => SHOP.map((name) => `ghcr.io/acme/${name}:${id}`).join('\n');

test.each(['api', 'git'])(
  'release, rollback, the same and older ones stay out, a newer one passes: through %s, with eight other writers on the file',
  async (transport) => {
    const entries = [...SHOP.map((name) => `ghcr.io/acme/${name}`), ...WRITERS.map((name) => `acme/${name}`)];
    const text = entries
      .map((name) => `  - name: ${name} # of a team\n    newTag: v1.0.0-0000000\n`)
      .join('');
    await using stage = await emptyStage({ [OVERLAY]: `images:\n${text}` });
    const [own, workflowPath] = [{ transport }, '.github/workflows/delivery.yml'];
    await stage.update({ ...own, images: images(OLD) }, { workflowPath });
    await stage.update({ ...own, images: images(BAD) }, { workflowPath });

    const others = (round: number) =>
      WRITERS.map((name) => stage.update({ ...own, images: `acme/${name}:v1.${round}.0-aaaaaaa` }));
    const [back, ...first] = await Promise.all([
      stage.back(
        { ...own, verdict: 'degraded', release: BAD, reason: 'crash loop' },
        { workflowPath: '.github/workflows/rollback.yml' },
      ),
      ...others(1),
    ]);
    expect([back, ...first].map(sentence)).toEqual(Array.from({ length: 9 }, () => '0: '));
    expect(back?.outputs).toMatchObject({ result: 'committed', from: BAD, to: OLD });
    const afterBack = await stage.gitops.read('main', OVERLAY);
    expect(
      afterBack.match(new RegExp(`newTag: ${OLD} # gitops-actions: blocked ${BAD} crash loop\n`, 'g')),
    ).toHaveLength(2);
    expect(afterBack.match(/newTag: v1\.1\.0-aaaaaaa\n/g)).toHaveLength(8);

    for (const id of [BAD, 'v1.0.1-fffffff'])
      expect((await stage.update({ ...own, images: images(id) }, { workflowPath })).outputs.result).toBe(
        'held',
      );
    // By any other way, too: the mark is what keeps it out.
    const forced = await stage.update({
      ...own,
      images: images(BAD),
      order: 'none',
      'allow-downgrade': 'true',
    });
    expect(forced.outputs.result).toBe('held');

    const [fix, ...second] = await Promise.all([
      stage.update({ ...own, images: images(FIX) }, { workflowPath }),
      ...others(2),
    ]);
    expect([fix, ...second].map(sentence)).toEqual(Array.from({ length: 9 }, () => '0: '));
    expect(fix?.outputs.result).toBe('committed');
    expect(await stage.gitops.read('main', OVERLAY)).toBe(
      `images:\n${entries
        .map((name) => {
          const tag = name.startsWith('ghcr') ? FIX : 'v1.2.0-aaaaaaa';
          return `  - name: ${name} # of a team\n    newTag: ${tag}\n`;
        })
        .join('')}`,
    );
    expect(await stage.gitops.log('main')).toHaveLength(1 + 2 + 9 + 9);
    const late = await stage.back({ ...own, verdict: 'degraded', release: BAD });
    expect(late.outputs.result).toBe('unchanged');
  },
  240_000,
);
