import { afterAll } from '@jest/globals';
import nock from 'nock';

// Without this the second test file of a Jest worker hangs: nock patches the process, not the file.
afterAll(() => nock.restore());
