/** Values of the route's parameters, or undefined if the path does not match. */
export type RouteMatcher = (path: string) => Record<string, string> | undefined;

/**
 * Compiles an ASP.NET route template: `{id}`, `{id?}`, `{id=1}`, `{id:int}`, `{*rest}`; literals in any letter case.
 * @param template without a leading slash
 * @throws Error for what this host does not know
 */
export function compileRoute(template: string): RouteMatcher {
  const parameters: { name: string; fallback: string | undefined }[] = [];
  const pattern = template.split("/").map((segment) => {
    const [, stars, name, constraint, fallback, optional] =
      /^\{(\*{0,2})(\w+)(?::(\w+))?(?:=([^?}]*))?(\?)?\}$/.exec(segment) ?? [];
    if (name === undefined) {
      if (/[{}]/.test(segment)) throw new Error(`Route "${template}": a parameter must be a whole segment.`);
      return segment === "" ? "" : `/${segment.replace(/[.*+?^$()|[\]\\]/g, "\\$&")}`;
    }
    if (constraint !== undefined && constraint !== "int") {
      throw new Error(`Route "${template}": this host knows only the constraint "int".`);
    }
    parameters.push({ name, fallback });
    if (stars) return "(?:/(.*))?";
    const value = constraint === "int" ? "/(-?\\d+)" : "/([^/]+)";
    return optional !== undefined || fallback !== undefined ? `(?:${value})?` : value;
  });
  const expression = new RegExp(`^${pattern.join("")}/?$`, "i");

  return (path) => {
    const match = expression.exec(path);
    if (!match) return undefined;
    const values: Record<string, string> = {};
    for (const [index, { name, fallback }] of parameters.entries()) {
      const value = match[index + 1] ?? fallback;
      if (value !== undefined) values[name] = decode(value);
    }
    return values;
  };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
