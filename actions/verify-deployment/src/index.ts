import { runAction } from '@gitops-actions/core/action';
import { action } from './main.ts';

await runAction(action);
