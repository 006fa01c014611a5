// The last step of .github/workflows/real-github.yml: asks GitHub whether it is as the tests take it to be.
import { runAction } from '@gitops-actions/core/action';
import { action } from './action.ts';

await runAction(action);
