import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type CustomMessage, compose, confirmsByLink, type MessageSettings, type Occasion } from "./compose.ts";

const means = { publicUrl: () => "https://id.example.org" };

function composed(configuration: MessageSettings, occasion: Partial<Occasion>, custom?: CustomMessage) {
  const { kind = "SignUp", medium = "EMAIL", username = "ann", code = "123456", clientId = "client1" } = occasion;
  return compose(means, { configuration }, { kind, medium, username, code, clientId }, custom);
}

suite("compose, without templates", () => {
  const kinds = ["SignUp", "ResendCode", "UpdateUserAttribute", "VerifyUserAttribute"] as const;

  test("verification codes", () => {
    for (const kind of kinds) {
      assert.deepEqual(composed({}, { kind }), {
        subject: "Your verification code",
        body: "Your verification code is 123456.",
        isHtml: false,
      });
      assert.deepEqual(composed({}, { kind, medium: "SMS" }), {
        subject: "",
        body: "Your verification code is 123456.",
        isHtml: false,
      });
    }
  });

  test("codes for a new password", () => {
    assert.deepEqual(composed({}, { kind: "ForgotPassword" }), {
      subject: "Your verification code",
      body: "Your password reset code is 123456",
      isHtml: false,
    });
    assert.equal(composed({}, { kind: "ForgotPassword", medium: "SMS" }).body, "Your password reset code is 123456");
  });

  test("invitations and codes for signing in", () => {
    const invitation = { kind: "AdminCreateUser", code: "S3cret!" } as const;
    assert.deepEqual(composed({}, invitation), {
      subject: "Your temporary password",
      body: "Your username is ann and temporary password is S3cret!.",
      isHtml: false,
    });
    assert.equal(
      composed({}, { ...invitation, medium: "SMS" }).body,
      "Your username is ann and temporary password is S3cret!.",
    );
    assert.deepEqual(composed({}, { kind: "Authentication" }), {
      subject: "Your authentication code",
      body: "Your authentication code is 123456.",
      isHtml: false,
    });
    assert.equal(composed({}, { kind: "Authentication", medium: "SMS" }).body, "Your authentication code is 123456.");
  });

  test("links, to who signs up", () => {
    const byLink = { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } } as const;
    for (const kind of ["SignUp", "ResendCode"] as const) {
      assert.deepEqual(composed(byLink, { kind, username: "a&b c" }), {
        subject: "Your verification link",
        link: "https://id.example.org/confirmUser?client_id=client1&user_name=a%26b%20c&confirmation_code=123456",
        body: 'Please click the link below to verify your email address. <a href="https://id.example.org/confirmUser?client_id=client1&amp;user_name=a%26b%20c&amp;confirmation_code=123456">Verify Email</a> ',
        isHtml: true,
      });
      assert.equal(composed(byLink, { kind, medium: "SMS" }).body, "Your verification code is 123456.");
    }
    assert.equal(composed(byLink, { kind: "VerifyUserAttribute" }).body, "Your verification code is 123456.");
    assert.equal(confirmsByLink(byLink, "SignUp"), true);
    assert.equal(confirmsByLink(byLink, "ForgotPassword"), false);
    assert.equal(confirmsByLink({}, "SignUp"), false);
  });
});

suite("compose, with a pool's templates", () => {
  const configuration: MessageSettings = {
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      EmailSubject: "Welcome {####}",
      EmailMessage: "<p>Hello {username}, {####} it is</p>",
      SmsMessage: "Hello {username}: {####}",
      EmailSubjectByLink: "Follow me",
      EmailMessageByLink: "Now {##click <b>here</b>##}, {username}",
    },
    AdminCreateUserConfig: {
      InviteMessageTemplate: {
        EmailSubject: "Join",
        EmailMessage: "I am {username}, {####}",
        SMSMessage: "{username}/{####}",
      },
    },
    SmsAuthenticationMessage: "Factor {####}",
    EmailMfaConfiguration: { Subject: "Second", Message: "Second factor {####}" },
  };

  test("fills in names and codes, and leaves subjects alone", () => {
    assert.deepEqual(composed(configuration, {}), {
      subject: "Welcome {####}",
      body: "<p>Hello ann, 123456 it is</p>",
      isHtml: true,
    });
    assert.equal(composed(configuration, { kind: "ForgotPassword", medium: "SMS" }).body, "Hello ann: 123456");
    assert.deepEqual(composed(configuration, { kind: "AdminCreateUser", code: "a<b&c" }), {
      subject: "Join",
      body: "I am ann, a<b&c",
      isHtml: false,
    });
    assert.equal(composed(configuration, { kind: "AdminCreateUser", medium: "SMS", code: "p" }).body, "ann/p");
    assert.equal(composed(configuration, { kind: "Authentication", medium: "SMS" }).body, "Factor 123456");
    assert.deepEqual(composed(configuration, { kind: "Authentication" }), {
      subject: "Second",
      body: "Second factor 123456",
      isHtml: false,
    });
  });

  test("a link has the words of the template", () => {
    const byLink: MessageSettings = {
      VerificationMessageTemplate: {
        ...configuration.VerificationMessageTemplate,
        DefaultEmailOption: "CONFIRM_WITH_LINK",
      },
    };
    assert.deepEqual(composed(byLink, {}), {
      subject: "Follow me",
      link: "https://id.example.org/confirmUser?client_id=client1&user_name=ann&confirmation_code=123456",
      body: 'Now <a href="https://id.example.org/confirmUser?client_id=client1&amp;user_name=ann&amp;confirmation_code=123456">click <b>here</b></a>, ann',
      isHtml: true,
    });
    assert.equal(composed(byLink, { kind: "ForgotPassword" }).body, "<p>Hello ann, 123456 it is</p>");
  });

  test("what is filled in is no markup, and no placeholder", () => {
    const username = '<script>"{####}"</script>';
    assert.equal(
      composed(configuration, { username }).body,
      "<p>Hello &lt;script&gt;&quot;{####}&quot;&lt;/script&gt;, 123456 it is</p>",
    );
    assert.equal(composed(configuration, { username: "{####}", medium: "SMS" }).body, "Hello {####}: 123456");
    assert.equal(composed(configuration, { username: "$&$1", medium: "SMS" }).body, "Hello $&$1: 123456");
  });
});

suite("compose, with what a trigger answered", () => {
  test("its texts go first, each for itself", () => {
    const custom = { emailSubject: "Mine", emailMessage: "Mine: {####}, {##go##}", smsMessage: "Mine {####}" };
    assert.deepEqual(composed({}, {}, custom), {
      subject: "Mine",
      link: "https://id.example.org/confirmUser?client_id=client1&user_name=ann&confirmation_code=123456",
      body: 'Mine: 123456, <a href="https://id.example.org/confirmUser?client_id=client1&amp;user_name=ann&amp;confirmation_code=123456">go</a>',
      isHtml: true,
    });
    assert.equal(composed({}, { medium: "SMS" }, custom).body, "Mine 123456");
    assert.deepEqual(composed({}, {}, { emailSubject: "Mine", emailMessage: null, smsMessage: "" }), {
      subject: "Mine",
      body: "Your verification code is 123456.",
      isHtml: false,
    });
  });
});
