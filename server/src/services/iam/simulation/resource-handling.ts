import type { Call } from "../../operation.ts";

/** IAM API reference, SimulateCustomPolicy, ResourceHandlingOption: the EC2 resources that each scenario needs. */
const scenarios: Readonly<Record<string, readonly string[]>> = {
  "EC2-VPC-InstanceStore": ["instance", "image", "security-group", "network-interface"],
  "EC2-VPC-InstanceStore-Subnet": ["instance", "image", "security-group", "network-interface", "subnet"],
  "EC2-VPC-EBS": ["instance", "image", "security-group", "network-interface", "volume"],
  "EC2-VPC-EBS-Subnet": ["instance", "image", "security-group", "network-interface", "subnet", "volume"],
};

/** The texts are ours. */
export function checkHandling(
  call: Call<"InvalidInputException">,
  input: {
    readonly ResourceHandlingOption?: string | undefined;
    readonly ResourceArns?: readonly string[] | undefined;
  },
): void {
  const { ResourceHandlingOption: option, ResourceArns = [] } = input;
  if (option === undefined) return;
  const needed = Object.hasOwn(scenarios, option) ? scenarios[option] : undefined;
  if (needed === undefined) call.fail("InvalidInputException", `Invalid Resource Handling Option: ${option}`);
  const given = new Set(ResourceArns.map((arn) => /^arn:[^:]+:ec2:[^:]*:[^:]*:([a-z-]+)\//.exec(arn)?.[1]));
  const absent = needed?.filter((type) => !given.has(type));
  if (absent !== undefined && absent.length > 0) {
    call.fail("InvalidInputException", `Resource Handling Option ${option} needs resources: ${absent.join(", ")}`);
  }
}
