import type { Answer } from '../http/answer.ts';
import { ok, type RestCall } from './route.ts';

function pageNumber(query: URLSearchParams, name: string, fallback: number): number {
  const given = Number.parseInt(query.get(name) ?? '', 10);
  return given > 0 ? given : fallback;
}

function linkHeader(url: URL, page: number, last: number): Record<string, string> {
  const link = (relation: string, target: number) => {
    const address = new URL(url);
    address.searchParams.set('page', String(target));
    return `<${address}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', page - 1)] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1)] : []),
  ];
  return links.length > 0 ? { link: links.join(', ') } : {};
}

/** Page of a list as GitHub cuts it (30 by default, 100 at most), and the headers that lead to the others. */
export function page<T>(
  call: RestCall,
  items: readonly T[],
): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(100, pageNumber(call.query, 'per_page', 30));
  const number = pageNumber(call.query, 'page', 1);
  const start = (number - 1) * size;
  const last = Math.max(1, Math.ceil(items.length / size));
  return { items: items.slice(start, start + size), headers: linkHeader(call.url, number, last) };
}

/** A page of a list as an answer; only what is on the page is turned into JSON. */
export async function paged<T>(
  call: RestCall,
  items: readonly T[],
  json: (item: T) => unknown | Promise<unknown>,
): Promise<Answer> {
  const one = page(call, items);
  return ok(await Promise.all(one.items.map(json)), one.headers);
}
