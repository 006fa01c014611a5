import Sequencer from '@jest/test-sequencer';

/** These run whole workflows and clusters, a minute each, and mostly wait: begun last, they would be waited for alone. */
const LONG = /[\\/]test[\\/](?:workflows[\\/]act|engines)[\\/]/;

/** Jest's own order (by the last duration, or by size where there is none yet), but for what is known to take long. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [
      ...sorted.filter(({ path }) => LONG.test(path)),
      ...sorted.filter(({ path }) => !LONG.test(path)),
    ];
  }
}
