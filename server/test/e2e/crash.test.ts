import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  IAMClient,
  ListSigningCertificatesCommand,
  paginateListUsers,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../certificates.ts";
import { start, temporaryDirectory } from "./process.ts";

const rounds = 5;
const writers = 16;

suite("kill -9 under write load", () => {
  test(`what was acknowledged is there, ${rounds} times over`, async () => {
    const data = temporaryDirectory();
    const acknowledged = new Set<string>();
    for (let round = 0; round < rounds; round++) {
      const { child, ended, config } = await start(["--data", data]);
      const iam = new IAMClient(config);
      let isKilled = false;
      const before = acknowledged.size;
      const write = async (writer: number) => {
        for (let i = 0; !isKilled; i++) {
          const UserName = `r${round}-w${writer}-${i}`;
          try {
            await iam.send(new CreateUserCommand({ UserName }));
          } catch (error) {
            // What was under way when the process died was not acknowledged: it may be there or not.
            if (isKilled) return;
            throw error;
          }
          acknowledged.add(UserName);
          // Each round dies elsewhere in the load.
          if (acknowledged.size - before === 60 + round * 37) {
            isKilled = true;
            child.kill("SIGKILL");
          }
        }
      };
      await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
      assert.equal((await ended).signal, "SIGKILL");
      iam.destroy();
      assert.ok(acknowledged.size - before >= 60 + round * 37);
    }
    const { child, ended, config } = await start(["--data", data]);
    const iam = new IAMClient(config);
    const stored = new Set<string>();
    for await (const page of paginateListUsers({ client: iam }, {})) {
      for (const user of page.Users ?? []) stored.add(user.UserName ?? "");
    }
    assert.deepEqual(
      [...acknowledged].filter((name) => !stored.has(name)),
      [],
    );
    // Nothing half done: at most one unacknowledged write of each writer and round.
    assert.ok(stored.size <= acknowledged.size + rounds * writers);
    // And it goes on: a user from before the crashes takes a certificate.
    const [survivor = ""] = acknowledged;
    await iam.send(
      new UploadSigningCertificateCommand({ UserName: survivor, CertificateBody: certificate("rsa-2048") }),
    );
    const { Certificates } = await iam.send(new ListSigningCertificatesCommand({ UserName: survivor }));
    assert.equal(Certificates?.length, 1);
    iam.destroy();
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
  });
});
