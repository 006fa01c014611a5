import type { GraphQLFieldResolver, GraphQLTypeResolver } from 'graphql';
import { GraphQLError } from 'graphql';
import { COMMENT_FIELDS, EDIT_FIELDS } from './comments.ts';
import { COMMIT_FIELDS } from './commit-fields.ts';
import { ISSUE_FIELDS, LABEL_FIELDS, PULL_FIELDS } from './conversations.ts';
import { DEPLOYMENT_FIELDS, DEPLOYMENT_STATUS_FIELDS } from './deployments.ts';
import { BLOB_FIELDS, ENTRY_FIELDS, REF_FIELDS, TAG_FIELDS, TREE_FIELDS } from './git-objects.ts';
import { MUTATION_FIELDS } from './mutations.ts';
import { ACCOUNT_FIELDS, BOT_FIELDS, QUERY_FIELDS } from './query.ts';
import { REPOSITORY_FIELDS } from './repository.ts';
import { type Context, type Fields, isPlain } from './source.ts';

/** Each resolver is written for its own source; graphql-js gives it no other. */
const TYPES = {
  Query: QUERY_FIELDS,
  Mutation: MUTATION_FIELDS,
  Repository: REPOSITORY_FIELDS,
  PullRequest: PULL_FIELDS,
  Issue: ISSUE_FIELDS,
  Label: LABEL_FIELDS,
  Deployment: DEPLOYMENT_FIELDS,
  DeploymentStatus: DEPLOYMENT_STATUS_FIELDS,
  IssueComment: COMMENT_FIELDS,
  UserContentEdit: EDIT_FIELDS,
  Ref: REF_FIELDS,
  Commit: COMMIT_FIELDS,
  Tag: TAG_FIELDS,
  Tree: TREE_FIELDS,
  TreeEntry: ENTRY_FIELDS,
  Blob: BLOB_FIELDS,
  User: ACCOUNT_FIELDS,
  Organization: ACCOUNT_FIELDS,
  Bot: BOT_FIELDS,
} as unknown as Readonly<Record<string, Fields<unknown>>>;

/** Finds the value of any field; one that the kit does not know is a loud error, never null. */
export const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const { fieldName, parentType } = info;
  const resolver = TYPES[parentType.name]?.[fieldName];
  if (resolver) return resolver(source, args, context);
  if (isPlain(source) && fieldName in source) return source[fieldName];
  if (fieldName === 'clientMutationId') return null;
  throw new GraphQLError(`testkit: field ${parentType.name}.${fieldName} is not implemented`);
};

const TYPE_NAMES: Readonly<Record<string, string>> = {
  repository: 'Repository',
  pull: 'PullRequest',
  issue: 'Issue',
  comment: 'IssueComment',
  ref: 'Ref',
  commit: 'Commit',
  tag: 'Tag',
  tree: 'Tree',
  blob: 'Blob',
};

/** Concrete type of what stands behind an interface or a union. */
export const typeName: GraphQLTypeResolver<unknown, Context> = (value) => {
  const source = value as { kind?: string; type?: string };
  const name = source.kind ? TYPE_NAMES[source.kind] : source.type;
  if (!name) throw new GraphQLError(`testkit: ${source.kind ?? 'a value'} has no GraphQL type here`);
  return name;
};
