import type { Application } from '@gitops-actions/core/controller';
import { isWorkload } from './running-kinds.ts';

/** Whether an Application runs something: by its resources' kinds, or by pods of kinds that are not known here. */
export function runsSomething(application: Application): boolean {
  return (application.status?.resources ?? []).some(isWorkload) || imagesOf(application).length > 0;
}

/** Images of its pods that live. */
export function imagesOf({ status }: Application): readonly string[] {
  return status?.summary?.images ?? [];
}
