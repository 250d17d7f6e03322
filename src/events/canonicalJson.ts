interface Frame {
  readonly value: unknown[] | Record<string, unknown>;
  /** Sorted member names; undefined for an array. */
  readonly keys: string[] | undefined;
  readonly length: number;
  next: number;
}

/**
 * JSON text that is the same for equal values whatever the order of their members: RFC 8785 (members sorted by UTF-16
 * code units, ECMAScript numbers, no white space).
 *
 * Keeps its own stack, because an event may be nested 100,000 deep and recursion would end the process' stack first.
 * What JSON cannot say (undefined, functions) becomes null.
 */
export function canonicalJson(value: unknown): string {
  const stack: Frame[] = [];
  let out = "";
  let current = value;
  for (;;) {
    if (typeof current === "object" && current !== null) {
      const frame = open(current as Frame["value"]);
      stack.push(frame);
      out += frame.keys ? "{" : "[";
    } else {
      out += scalar(current);
    }
    for (;;) {
      const frame = stack[stack.length - 1];
      if (frame === undefined) return out;
      if (frame.next < frame.length) {
        const index = frame.next++;
        if (index > 0) out += ",";
        if (frame.keys) {
          const key = frame.keys[index] as string;
          out += `${quoted(key)}:`;
          current = (frame.value as Record<string, unknown>)[key];
        } else {
          current = (frame.value as unknown[])[index];
        }
        break;
      }
      out += frame.keys ? "}" : "]";
      stack.pop();
    }
  }
}

function open(value: Frame["value"]): Frame {
  if (Array.isArray(value)) return { value, keys: undefined, length: value.length, next: 0 };
  const keys = Object.keys(value).sort();
  return { value, keys, length: keys.length, next: 0 };
}

/** Most texts need no escaping, and seeing that is cheaper than JSON.stringify. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function scalar(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  return typeof value === "number" && Number.isFinite(value) ? String(value) : "null";
}
