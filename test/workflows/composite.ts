import { fields, type Job, listOf, readStep, type Workflow } from './workflow.ts';
import { lineOf, readSource } from './yaml-source.ts';

/** Reads an action made of steps as a workflow that is called, with its steps in one job. */
export function readComposite(path: string, text: string): Workflow {
  const source = readSource(text);
  const { inputs, outputs, runs } = fields(source.document.toJS());
  const body = JSON.stringify([runs, outputs]);
  const steps = listOf(fields(runs).steps).map((step, index) =>
    readStep(source, ['runs', 'steps', index], fields(step)),
  );
  const job: Job = {
    ...{
      id: 'runs',
      line: lineOf(source, ['runs']),
      uses: undefined,
      with: {},
      secrets: undefined,
      needs: [],
      // It runs when its step does.
      condition: 'always()',
    },
    ...{ outputs: {}, env: {}, grants: [], concurrency: undefined, hasTimeout: true, steps, text: body },
  };
  return {
    ...{
      path,
      lines: source.lines,
      events: {},
      env: {},
      grants: [],
      concurrency: undefined,
      jobs: [job],
      body,
    },
    call: { inputs: fields(inputs), secrets: {}, outputs: fields(outputs) },
  };
}
