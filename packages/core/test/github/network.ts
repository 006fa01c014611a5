import { afterAll } from '@jest/globals';
import nock from 'nock';

// nock patches the process: left patched, the next test file of the same Jest worker fails or hangs.
afterAll(() => nock.restore());

export { nock };
