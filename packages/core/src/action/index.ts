export { Cancelled, ConfigurationError, messageOf } from './configuration-error.ts';
export { formatDuration, parseDuration } from './duration.ts';
export { type Environment, InputReader, illegal, linesOf, nearest, parseJson } from './inputs.ts';
export { code, fence, table } from './markdown.ts';
export type { EventPayload, Run } from './run.ts';
export {
  type Action,
  type ActionContext,
  type ActionProcess,
  type ActionResult,
  runAction,
} from './run-action.ts';
export { type Log, officialRunner, type Runner, withoutCommands } from './runner.ts';
export { untilAborted } from './until-aborted.ts';
