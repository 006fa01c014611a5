/** The names that the expressions of a text read from a context such as `inputs` or `matrix`, each once. */
export function namesRead(text: string, context: string): readonly string[] {
  const expression = new RegExp(`(?<![\\w.-])${context}\\.([\\w-]+)`, 'g');
  return [...new Set([...text.matchAll(expression)].map(([, name = '']) => name))];
}
