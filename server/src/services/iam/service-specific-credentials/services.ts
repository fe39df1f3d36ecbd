/**
 * The services that have credentials of this kind, all recorded from AWS in 2026-09: for some a name and a password, for
 * others one API key, which begins with this and holds both.
 */
const services: ReadonlyMap<string, { readonly apiKeyPrefix?: string }> = new Map([
  ["codecommit.amazonaws.com", {}],
  ["cassandra.amazonaws.com", {}],
  ["bedrock.amazonaws.com", { apiKeyPrefix: "ABSK" }],
  ["logs.amazonaws.com", { apiKeyPrefix: "ACWL" }],
  ["cloudwatch.amazonaws.com", { apiKeyPrefix: "APIAACWM" }],
  ["aws-external-anthropic.amazonaws.com", { apiKeyPrefix: "AEAA" }],
]);

/** The service's name as it is kept, whatever its case; undefined for one that has no such credentials. */
export function serviceNamed(name: string): string | undefined {
  const lower = name.toLowerCase();
  return services.has(lower) ? lower : undefined;
}

/** Recorded from AWS, 2025: not the error that its model has for this. */
export function unsupported(name: string): string {
  return `No such service ${name} is supported for Service Specific Credentials`;
}

/** Undefined for a service of names and passwords. */
export function apiKeyPrefix(serviceName: string): string | undefined {
  return services.get(serviceName)?.apiKeyPrefix;
}
