/**
 * Packages that stay packages: the worker hands its core API to the app's own copy of @azure/functions by a require proxy. All others
 * are in the bundle.
 */
export const externals = ["@azure/functions"];
