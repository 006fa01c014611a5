// What runs in a job in place of an action of somebody else, or of a program: the harness does the work and says how it ended.
// `name`, `isProgram` and `args` are put in front of this file.
import { appendFileSync } from 'node:fs';

const asked = { name, args, cwd: process.cwd(), env: process.env };
const response = await fetch(process.env.DOUBLES_URL, { method: 'POST', body: JSON.stringify(asked) });
const { log = '', outputs = {}, env = {}, error } = await response.json();
if (log) console.log(log);
const leave = (file, values) => {
  for (const [key, value] of Object.entries(values))
    appendFileSync(file, `${key}<<END-OF-DOUBLE\n${value}\nEND-OF-DOUBLE\n`);
};
leave(process.env.GITHUB_OUTPUT, outputs);
leave(process.env.GITHUB_ENV, env);
if (error !== undefined) {
  const oneLine = error.replaceAll('%', '%25').replaceAll('\n', '%0A');
  if (isProgram) console.error(`ERROR: ${error}`);
  else console.log(`::error::${oneLine}`);
  process.exitCode = 1;
}
