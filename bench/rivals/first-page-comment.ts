// One comment as many actions keep it: list the first page, look for a marker, edit what was read or create.
const {
  API = '',
  REPOSITORY = '',
  NUMBER = '',
  SECTION = '',
  TEXT = '',
  TOKEN = '',
  AGENT = '',
} = process.env;
const MARKER = '<!-- rival -->';

interface Comment {
  readonly id: number;
  readonly body: string;
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${API}/repos/${REPOSITORY}/issues/${path}`, {
    method,
    headers: { authorization: `token ${TOKEN}`, 'content-type': 'application/json', 'user-agent': AGENT },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return (await response.json()) as Answer;
}

const comments = await call<Comment[]>('GET', `${NUMBER}/comments`);
const found = comments.find(({ body }) => body.includes(MARKER));
const line = `<!-- ${SECTION} --> ${TEXT}`;
const others = (found?.body ?? MARKER).split('\n').filter((one) => !one.startsWith(`<!-- ${SECTION} -->`));
const body = [...others, line].join('\n');
if (found === undefined) await call('POST', `${NUMBER}/comments`, { body });
else await call('PATCH', `comments/${found.id}`, { body });
