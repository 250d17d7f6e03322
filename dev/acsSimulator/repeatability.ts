// Repeatable requests (OASIS "Repeatable Requests 1.0"): id and first-sent time together name a request, and the
// second time it is answered as the first, without being done again.

/** Remembers what was answered to which repeatable request. */
export class Repeatability<T> {
  readonly #answers = new Map<string, { request: string; answer: T }>();

  /**
   * @param request the whole request as text: the same id on another request is a mistake of the caller
   * @param make does the work; runs once per id and first-sent time, and always if there is no id
   * @returns the answer, or undefined if the id belongs to another request
   */
  answer(id: string | undefined, firstSent: string | undefined, request: string, make: () => T): T | undefined {
    if (!id) {
      return make();
    }
    const key = `${id} ${firstSent}`;
    const known = this.#answers.get(key);
    if (known) {
      return known.request === request ? known.answer : undefined;
    }
    const answer = make();
    this.#answers.set(key, { request, answer });
    return answer;
  }

  clear(): void {
    this.#answers.clear();
  }
}
