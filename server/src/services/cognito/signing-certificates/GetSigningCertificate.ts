import { cognito } from "../cognito.ts";
import { missingUserPool, noSuchUserPool } from "../user-pools/user-pool.ts";

export const GetSigningCertificate = cognito("GetSigningCertificate", {
  // A certificate that is due is issued outside any transaction, because a signature takes a thread's time.
  transaction: "own",

  async resource(input, call) {
    const pool = await call.environment.signingCertificates.find(call.tx, input.UserPoolId);
    if (pool === undefined || pool.accountId !== call.accountId || pool.region !== call.region) {
      return missingUserPool(call, input.UserPoolId);
    }
    return pool;
  },

  async handle(input, call, pool) {
    const isCurrent = pool.certificate !== undefined && call.now < pool.renewAt;
    const Certificate = isCurrent
      ? pool.certificate
      : await call.environment.signingCertificates.renew(input.UserPoolId, call.now);
    // Deleted since it was looked for.
    return Certificate === undefined
      ? call.fail("ResourceNotFoundException", noSuchUserPool(input.UserPoolId))
      : { Certificate };
  },
});
