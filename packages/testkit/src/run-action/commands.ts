import type { Annotation } from './types.ts';

/** One `::name key=value,…::data` line, unescaped. */
interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

function parseCommand(line: string): Command | null {
  const match = /^::([\w-]+)(?: (.*?))?::(.*)$/s.exec(line.trimEnd());
  if (!match) return null;
  const pairs = (match[2] ?? '').split(',').filter((pair) => pair.includes('='));
  const properties = pairs.map((pair) => {
    const [key = '', value = ''] = pair.split(/=(.*)/s, 2);
    return [key.trim(), unescapeProperty(value)] as const;
  });
  return {
    name: match[1] ?? '',
    properties: Object.fromEntries(properties),
    data: unescapeData(match[3] ?? ''),
  };
}

/** Commands in what an action printed; between `::stop-commands::token` and `::token::` there are none. */
function parseCommands(stdout: string): Command[] {
  const commands: Command[] = [];
  let resumeToken: string | null = null;
  for (const line of stdout.split('\n')) {
    const command = parseCommand(line);
    if (!command) continue;
    if (resumeToken !== null) {
      if (command.name === resumeToken) resumeToken = null;
    } else if (command.name === 'stop-commands') resumeToken = command.data;
    else commands.push(command);
  }
  return commands;
}

function annotation({ name, properties, data }: Command): Annotation {
  const { title, file, line } = properties;
  return {
    level: name as Annotation['level'],
    message: data,
    ...(title && { title }),
    ...(file && { file }),
    ...(line && { line: Number(line) }),
  };
}

/** Annotations and masks in what an action printed, in order. */
export function readCommands(stdout: string): { annotations: Annotation[]; masks: string[] } {
  const commands = parseCommands(stdout);
  return {
    annotations: commands.filter(({ name }) => /^(error|warning|notice)$/.test(name)).map(annotation),
    masks: commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data),
  };
}
