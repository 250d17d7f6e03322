/** Whether a setting of a deployed app stands in Key Vault: Azure gives the app the secret in its place, and nobody else. */
export function isReference(value: string | undefined): boolean {
  return /^@Microsoft\.(KeyVault|AppConfiguration)\(/i.test(value ?? "");
}
