import { readFileSync } from 'node:fs';
import { buildSchema, execute, type GraphQLError, type GraphQLSchema, validate } from 'graphql';
import { type Answer, RestError } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { packageFile } from '../package-file.ts';
import type { GraphQLRequest } from './request.ts';
import { resolveField, typeName } from './resolve.ts';

let schema: GraphQLSchema | undefined;

/** GitHub's schema (1.2 MB, about 0.2 s), built by the first call of a process that needs it. */
export function gitHubSchema(): GraphQLSchema {
  if (!schema) {
    const path = packageFile('@octokit/graphql-schema/schema.graphql');
    schema = buildSchema(readFileSync(path, 'utf8'), {
      assumeValid: true,
      assumeValidSDL: true,
      noLocation: true,
    });
  }
  return schema;
}

/** GitHub puts an error's kind beside its message. */
function errorJson(error: GraphQLError) {
  const { type, ...extensions } = error.extensions;
  return {
    ...(typeof type === 'string' && { type }),
    ...(error.path && { path: error.path }),
    ...(Object.keys(extensions).length > 0 && { extensions }),
    ...(error.locations && { locations: error.locations }),
    message: error.message,
  };
}

function refused(call: Call, messages: readonly string[], errors: readonly object[]): Answer {
  call.world.problems.push(...messages.map((message) => `${call.record.route}: ${message}`));
  return { status: 200, body: { errors } };
}

/** Validates a request against GitHub's schema and executes it; a request that the schema refuses is a problem. */
export async function answerGraphQL(call: Call, request: GraphQLRequest): Promise<Answer> {
  if (call.record.method !== 'POST') throw new RestError(404, 'Not Found');
  if (!call.viewer) throw new RestError(401, 'This endpoint requires you to be authenticated.');
  const { document, syntaxError } = request;
  if (!document) return refused(call, [syntaxError ?? ''], [{ message: syntaxError }]);
  const faults = validate(gitHubSchema(), document);
  if (faults.length > 0)
    return refused(
      call,
      faults.map((one) => one.message),
      faults.map(errorJson),
    );
  const result = await execute({
    schema: gitHubSchema(),
    document,
    variableValues: request.variables,
    ...(request.operationName && { operationName: request.operationName }),
    contextValue: { call, viewer: call.viewer, world: call.world, stale: call.stale },
    fieldResolver: resolveField,
    typeResolver: typeName,
  });
  for (const error of result.errors ?? []) noteUnexpected(call, error);
  const errors = result.errors?.map(errorJson);
  return { status: 200, body: { data: result.data ?? null, ...(errors && { errors }) } };
}

/** Errors of GitHub's own kinds are answers; any other is the kit's or the request's. */
function noteUnexpected(call: Call, error: GraphQLError): void {
  if (typeof error.extensions.type === 'string') return;
  call.world.problems.push(`${call.record.route}: ${error.message}`);
}
