import type { Answer, Call } from './double.ts';

/** A message as it stands now. */
export interface Message {
  readonly channel: string;
  readonly text: string;
  /** How often it was written. */
  readonly revisions: number;
}

/** Slack's channels. */
export interface Slack {
  readonly token: string;
  /** By their time stamp. */
  readonly messages: Map<string, Message>;
}

/** `chat.postMessage` and `chat.update`, with a payload that must be JSON: the action refuses YAML that is cut short. */
export const tell =
  ({ token, messages }: Slack) =>
  ({ input }: Call): Answer => {
    if (input('token') !== token) throw new Error('An API error occurred: invalid_auth');
    const { channel, text, ts } = JSON.parse(input('payload')) as Record<string, string | undefined>;
    if (channel === undefined || text === undefined) throw new Error('An API error occurred: no_text');
    const before = ts === undefined ? undefined : messages.get(ts);
    if (input('method') === 'chat.update' && before === undefined)
      throw new Error('An API error occurred: message_not_found');
    const at = ts ?? `1700000000.${String(messages.size + 1).padStart(6, '0')}`;
    messages.set(at, { channel, text, revisions: (before?.revisions ?? 0) + 1 });
    return { outputs: { ok: 'true', channel_id: channel, ts: at } };
  };
