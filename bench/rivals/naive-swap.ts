// A compare-and-swap loop as people write it by hand: read head and file, replace, commit on that head, try again at once.
const { GRAPHQL = '', REPOSITORY = '', FILE = '', NAME = '', TAG = '', TOKEN = '' } = process.env;
const headers = {
  authorization: `token ${TOKEN}`,
  'content-type': 'application/json',
  'user-agent': 'rival',
};
const [owner, name] = REPOSITORY.split('/');

interface Answer {
  readonly data: {
    readonly repository: {
      readonly ref: {
        readonly target: {
          readonly oid: string;
          readonly file: { readonly object: { readonly text: string } };
        };
      };
    };
  };
  readonly errors?: readonly unknown[];
}

async function ask(query: string, variables: object): Promise<Answer> {
  const response = await fetch(GRAPHQL, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const READ = `query($owner: String!, $name: String!, $path: String!) { repository(owner: $owner, name: $name) {
  ref(qualifiedName: "refs/heads/main") { target { oid ... on Commit { file(path: $path) { object { ... on Blob { text } } } } } } } }`;
const WRITE =
  'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';

for (let tries = 0; tries < 200; tries++) {
  const { oid, file } = (await ask(READ, { owner, name, path: FILE })).data.repository.ref.target;
  const lines = file.object.text.split('\n');
  const index = lines.findIndex((line) => line.endsWith(`name: ${NAME}`));
  lines[index + 1] = lines[index + 1]?.replace(/newTag: \S+/, `newTag: ${TAG}`) ?? '';
  const contents = Buffer.from(lines.join('\n')).toString('base64');
  const branch = { repositoryNameWithOwner: REPOSITORY, branchName: 'main' };
  const input = {
    branch,
    expectedHeadOid: oid,
    message: { headline: `Update ${NAME}` },
    fileChanges: { additions: [{ path: FILE, contents }] },
  };
  if ((await ask(WRITE, { input })).errors === undefined) process.exit(0);
}
process.exit(1);
