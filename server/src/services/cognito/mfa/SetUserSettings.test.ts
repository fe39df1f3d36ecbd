import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetUserCommand, type MFAOptionType, SetUserSettingsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("SetUserSettings", async () => {
  const h = await harness();
  const set = (AccessToken: string, MFAOptions: MFAOptionType[]) =>
    h.cognito.send(new SetUserSettingsCommand({ AccessToken, MFAOptions }));
  const bySms: MFAOptionType = { DeliveryMedium: "SMS", AttributeName: "phone_number" };

  test("SMS, or nothing: as a preference, and as it was given", async () => {
    const { AccessToken } = await somebody(h, { user: { attributes: { phone_number: "+15555550100" } } });
    const settings = async () => {
      const { MFAOptions, UserMFASettingList } = await h.cognito.send(new GetUserCommand({ AccessToken }));
      return { MFAOptions, UserMFASettingList };
    };
    assert.deepEqual(await settings(), { MFAOptions: undefined, UserMFASettingList: undefined });
    await set(AccessToken, [bySms]);
    assert.deepEqual(await settings(), { MFAOptions: [bySms], UserMFASettingList: ["SMS_MFA"] });
    await set(AccessToken, []);
    assert.deepEqual(await settings(), { MFAOptions: [], UserMFASettingList: undefined });
  });

  test("is refused of anything else, without a phone, and without a token", async () => {
    const { AccessToken } = await somebody(h);
    assert.deepEqual(
      await refused(set(AccessToken, [{ DeliveryMedium: "EMAIL", AttributeName: "email" }])),
      invalid("MFAOptions can only have phone_number, delivered by SMS."),
    );
    assert.deepEqual(
      await refused(set(AccessToken, [bySms])),
      invalid("User does not have delivery config set to turn on SMS_MFA"),
    );
    assert.deepEqual(await refused(set("abc", [])), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});
