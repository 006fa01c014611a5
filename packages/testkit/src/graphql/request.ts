import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';

/** A GraphQL request as it came, parsed once for the log, for faults and for execution. */
export interface GraphQLRequest {
  readonly document: DocumentNode | null;
  /** Why there is no document. */
  readonly syntaxError: string | null;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
  /** Operation name, else the first field. */
  readonly operation: string;
  /** Fields at the top, without aliases, each once. */
  readonly fields: string[];
  readonly mutation: boolean;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parseSafely(query: string): { document: DocumentNode | null; syntaxError: string | null } {
  try {
    return { document: parse(query), syntaxError: null };
  } catch (error) {
    return { document: null, syntaxError: (error as GraphQLError).message };
  }
}

function chosenOperation(
  document: DocumentNode | null,
  name: string | undefined,
): OperationDefinitionNode | undefined {
  const operations = document?.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION) ?? [];
  return name ? operations.find((one) => one.name?.value === name) : operations[0];
}

/** Takes a request apart; what is wrong with it is said when it is answered. */
export function readGraphQL(body: unknown): GraphQLRequest {
  const given = isObject(body) ? body : {};
  const operationName = typeof given.operationName === 'string' ? given.operationName : undefined;
  const { document, syntaxError } = parseSafely(typeof given.query === 'string' ? given.query : '');
  const operation = chosenOperation(document, operationName);
  const selections = operation?.selectionSet.selections ?? [];
  const names = selections
    .filter((one): one is FieldNode => one.kind === Kind.FIELD)
    .map((one) => one.name.value);
  const fields = [...new Set(names)];
  return {
    document,
    syntaxError,
    variables: isObject(given.variables) ? given.variables : {},
    operationName,
    operation: operation?.name?.value ?? fields[0] ?? '',
    fields,
    mutation: operation?.operation === 'mutation',
  };
}
