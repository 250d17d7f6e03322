/** A JSON document whose last member is a list that may be long: written item by item. */
export async function* jsonStream(head: object, member: string, items: AsyncIterable<object>): AsyncGenerator<Buffer> {
  const begin = JSON.stringify(head, null, 2).replace(/\n?\}$/, "");
  yield Buffer.from(`${begin}${begin === "{" ? "" : ","}\n  ${JSON.stringify(member)}: [`);
  let separator = "\n    ";
  for await (const item of items) {
    yield Buffer.from(separator + JSON.stringify(item));
    separator = ",\n    ";
  }
  yield Buffer.from("\n  ]\n}\n");
}
