/** What is wrong with a document, and where: a JSON pointer. Ends up in a problem, so it repeats nothing that may be personal. */
export interface Finding {
  instancePath: string;
  message: string;
}
