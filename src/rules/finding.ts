/** What is wrong with a document, and where: a JSON pointer. Ends up in table `problems`, so it repeats nothing that may be personal. */
export interface Finding {
  instancePath: string;
  message: string;
}
