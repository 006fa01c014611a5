import { commentCrowd } from './comment-crowd.ts';
import { commentRace } from './comment-race.ts';

/** comment-pr when many write at once, and when the conversation is long. */
export async function comment(): Promise<void> {
  await commentCrowd();
  console.log();
  await commentRace();
}
