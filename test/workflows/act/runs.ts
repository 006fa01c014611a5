import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventName, EventOptions, EventPayload, GitHub, Repository } from '@gitops-actions/testkit';
import type { App } from '../doubles/app-token.ts';
import type { DoubleServer } from './double-server.ts';
import { grantsOf } from './grants.ts';
import { install } from './installation.ts';
import { endLeftovers } from './leftovers.ts';
import { type Ran, runWorkflow, type WorkflowRun } from './run-workflow.ts';

/** A run; what is left out is as the starters' README says. */
export interface RunOptions extends Partial<Omit<WorkflowRun, 'event' | 'text'>> {
  readonly event: EventName;
  readonly about?: Omit<EventOptions, 'repository'>;
  /** In place of `about`: one from before, for a run that began then. */
  readonly payload?: EventPayload;
}

export type Run = (file: string, text: string, options: RunOptions) => Promise<Ran>;

export interface RunWorld {
  readonly github: GitHub;
  readonly shop: Repository;
  readonly app: App;
  readonly doubles: DoubleServer;
  readonly folder: string;
  /** For all runs. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs workflows in acme/shop. Those that are still at work when the stack ends are stopped. */
export async function prepareRuns(stack: AsyncDisposableStack, world: RunWorld): Promise<Run> {
  const { github, shop, app, doubles, folder } = world;
  const installation = await install(folder);
  const stopping = new AbortController();
  const running = new Set<Promise<unknown>>();
  stack.defer(async () => {
    stopping.abort();
    await Promise.allSettled(running);
    await refuseLeftovers(doubles);
  });
  const place = { github, repository: shop, installation, doublesUrl: doubles.url, signal: stopping.signal };
  let runs = 0;
  return async (file, text, { event, about, payload, ...rest }) => {
    runs += 1;
    const own = join(folder, `run-${runs}`);
    const number = runs;
    await mkdir(own);
    const run = runWorkflow(
      { ...place, folder: own },
      {
        ...{ file, text, runNumber: number },
        event: { name: event, payload: payload ?? github.event(event, { repository: shop, ...about }) },
        secrets: { GITOPS_APP_PRIVATE_KEY: app.privateKey },
        variables: { GITOPS_APP_CLIENT_ID: app.clientId },
        token: github.issueToken({ permissions: grantsOf(file, text), repositories: [shop.fullName] }),
        ...rest,
        env: { ...QUIET, ...world.env, ...rest.env },
      },
    );
    running.add(run);
    return run;
  };
}

/** npm keeps off the network. */
const QUIET = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' };

async function refuseLeftovers({ url }: DoubleServer): Promise<void> {
  const left = await endLeftovers(`DOUBLES_URL=${url}`);
  if (left.length > 0) throw new Error(`Runs left processes behind: ${left.join(', ')}`);
}
