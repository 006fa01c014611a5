const REACTIONS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

/** An issue or comment as webhooks write it: with the reactions to it, of which there are none. */
export function withReactions<Json extends { url: string }>(json: Json) {
  const none = Object.fromEntries(REACTIONS.map((name) => [name, 0]));
  return { ...json, reactions: { url: `${json.url}/reactions`, total_count: 0, ...none } };
}
