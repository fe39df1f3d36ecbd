import assert from "node:assert/strict";
import { test } from "node:test";
import { isCidr, isLoopbackAddress, isPublicAddress, isWithin } from "./addresses.ts";

test("public addresses", () => {
  for (const address of ["8.8.8.8", "172.32.0.1", "2606:4700::1111"]) assert.ok(isPublicAddress(address), address);
  for (const address of [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "fe80::1",
    "fd00::1",
    "2002:7f00:1::",
    "2001:db8::1",
    "no address",
  ]) {
    assert.ok(!isPublicAddress(address), address);
  }
});

test("loopback addresses", () => {
  for (const address of ["127.0.0.1", "127.255.0.9", "::1"]) assert.ok(isLoopbackAddress(address), address);
  for (const address of ["128.0.0.1", "::2", "localhost"]) assert.ok(!isLoopbackAddress(address), address);
});

test("ranges", () => {
  for (const text of ["10.0.0.0/8", "1.2.3.4/32", "::/0", "2001:db8::/128"]) assert.ok(isCidr(text), text);
  for (const text of ["10.0.0.1", "10.0.0.0/33", "300.0.0.0/8", "::/129", "x/8", "10.0.0.0/"]) {
    assert.ok(!isCidr(text), text);
  }
});

test("isWithin: both families, ends included, and nothing that is no address", () => {
  const ranges = ["192.0.2.0/30", "2001:db8::/64"];
  for (const ip of ["192.0.2.0", "192.0.2.3", "2001:db8::1"]) assert.equal(isWithin(ip, ranges), true, ip);
  for (const ip of ["192.0.2.4", "2001:db8:0:1::1", "nothing", ""]) assert.equal(isWithin(ip, ranges), false, ip);
  assert.equal(isWithin("192.0.2.0", undefined), false);
});
