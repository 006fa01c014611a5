/**
 * Why an image could not be looked up: a clause that follows "Cannot look up image …: " and ends with what to do.
 * It holds no secret and nothing that a registry wrote.
 */
export class LookupProblem extends Error {
  override readonly name = 'LookupProblem';
}
