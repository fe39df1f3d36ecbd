# Everything of IAM that the AWS provider manages and Countersign has; user-pools.tf goes with it. terraform.test.ts applies it, changes it by
# `round`, and destroys it; certificates and keys are files that the test puts beside it.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }
variable "round" { type = number }

locals {
  second = var.round == 2
  tags   = local.second ? { team = "b", more = "yes" } : { team = "a" }
  ec2    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

# The account id, the validity of the credentials and the region are asked of the endpoint: nothing is skipped but the
# metadata service of EC2, which is not there.
provider "aws" {
  region                  = "us-east-1"
  skip_metadata_api_check = true
  endpoints {
    cognitoidp = var.endpoint
    iam        = var.endpoint
    sts        = var.endpoint
  }
  default_tags {
    tags = { managed = "terraform" }
  }
}

data "aws_caller_identity" "me" {}

# Users

resource "aws_iam_user" "ann" {
  name          = "ann"
  path          = local.second ? "/people/staff/" : "/people/"
  tags          = local.tags
  force_destroy = true
}

# Apart from ann, as the provider tags a user by its new name before it renames it.
resource "aws_iam_user" "mover" { name = local.second ? "moved" : "mover" }

resource "aws_iam_user" "bounded" {
  name                 = "bounded"
  permissions_boundary = local.second ? aws_iam_policy.write.arn : aws_iam_policy.read.arn
}

resource "aws_iam_access_key" "ann" {
  user   = aws_iam_user.ann.name
  status = local.second ? "Inactive" : "Active"
}

resource "aws_iam_user_policy" "ann" {
  name   = "inline"
  user   = aws_iam_user.ann.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_user_policy_attachment" "ann" {
  user       = aws_iam_user.ann.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_user_login_profile" "bounded" {
  user                    = aws_iam_user.bounded.name
  password_length         = 20
  password_reset_required = true
}

resource "aws_iam_user_ssh_key" "bounded" {
  username   = aws_iam_user.bounded.name
  encoding   = "SSH"
  public_key = file("key.pub")
  status     = local.second ? "Inactive" : "Active"
}

resource "aws_iam_service_specific_credential" "bounded" {
  service_name = "codecommit.amazonaws.com"
  user_name    = aws_iam_user.bounded.name
  status       = local.second ? "Inactive" : "Active"
}

resource "aws_iam_signing_certificate" "bounded" {
  user_name        = aws_iam_user.bounded.name
  certificate_body = file("signing.pem")
  status           = local.second ? "Inactive" : "Active"
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "phone"
  path                    = "/devices/"
  tags                    = local.tags
}

# Groups

resource "aws_iam_group" "crew" {
  name = local.second ? "team" : "crew"
  path = "/people/"
}

resource "aws_iam_group" "readers" { name = "readers" }

resource "aws_iam_group_membership" "crew" {
  name  = "crew"
  group = aws_iam_group.crew.name
  users = local.second ? [aws_iam_user.ann.name, aws_iam_user.bounded.name] : [aws_iam_user.ann.name]
}

resource "aws_iam_user_group_membership" "bounded" {
  user   = aws_iam_user.bounded.name
  groups = [aws_iam_group.readers.name]
}

resource "aws_iam_group_policy" "crew" {
  name   = "inline"
  group  = aws_iam_group.crew.name
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

# Policies

data "aws_iam_policy_document" "read" {
  statement {
    sid       = "Read"
    actions   = local.second ? ["s3:GetObject"] : ["s3:GetObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket/*"]
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_iam_policy" "read" {
  name        = "read"
  path        = "/team/"
  description = "Reads a bucket."
  policy      = data.aws_iam_policy_document.read.json
  tags        = local.tags
}

resource "aws_iam_policy" "write" {
  name_prefix = "write-"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "*" }] })
}

resource "aws_iam_policy_attachment" "write" {
  name  = "exclusive"
  users = [aws_iam_user.bounded.name]
  roles = [aws_iam_role.worker.name]

  policy_arn = aws_iam_policy.write.arn
}

# Roles

data "aws_iam_policy_document" "trust" {
  statement {
    actions = local.second ? ["sts:AssumeRole"] : ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com", "lambda.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.me.account_id, aws_iam_user.bounded.arn]
    }
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.idp.arn, aws_iam_saml_provider.idp.arn]
    }
  }
}

resource "aws_iam_role" "worker" {
  name                  = "worker"
  path                  = "/work/"
  description           = local.second ? "" : "Works."
  assume_role_policy    = data.aws_iam_policy_document.trust.json
  max_session_duration  = local.second ? 3600 : 7200
  permissions_boundary  = local.second ? null : aws_iam_policy.read.arn
  force_detach_policies = true
  tags                  = local.tags
}

resource "aws_iam_role" "machine" {
  name_prefix        = "machine-"
  assume_role_policy = local.ec2
}

resource "aws_iam_role_policy" "worker" {
  name   = "inline"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role_policy_attachment" "machine" {
  role       = aws_iam_role.machine.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role_policies_exclusive" "machine" {
  role_name    = aws_iam_role.machine.name
  policy_names = []
}

resource "aws_iam_instance_profile" "machine" {
  name = "machine"
  path = "/work/"
  role = local.second ? aws_iam_role.worker.name : aws_iam_role.machine.name
  tags = local.tags
}

resource "aws_iam_service_linked_role" "beanstalk" {
  aws_service_name = "elasticbeanstalk.amazonaws.com"
  description      = "Linked."
}

# Identity providers and server certificates

resource "aws_iam_openid_connect_provider" "idp" {
  url             = "https://idp.example.com/tenant"
  client_id_list  = local.second ? ["client-b", "client-c"] : ["client-a", "client-b"]
  thumbprint_list = local.second ? ["0123456789abcdef0123456789abcdef01234567"] : ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
  tags            = local.tags
}

resource "aws_iam_saml_provider" "idp" {
  name                   = "idp"
  saml_metadata_document = file("metadata-${var.round}.xml")
  tags                   = local.tags
}

resource "aws_iam_server_certificate" "site" {
  name              = "site"
  path              = "/sites/"
  certificate_body  = file("server.pem")
  certificate_chain = file("intermediate.pem")
  private_key       = file("server.key")
  tags              = local.tags
}

# The account

resource "aws_iam_account_alias" "alias" {
  account_alias = local.second ? "countersign-other" : "countersign-test"
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = local.second ? 16 : 14
  require_lowercase_characters   = true
  require_numbers                = true
  require_uppercase_characters   = true
  require_symbols                = true
  allow_users_to_change_password = true
  max_password_age               = 90
  password_reuse_prevention      = local.second ? null : 5
}

resource "aws_iam_security_token_service_preferences" "tokens" {
  global_endpoint_token_version = local.second ? "v1Token" : "v2Token"
}

# What is read back

data "aws_iam_user" "ann" { user_name = aws_iam_user.ann.name }
data "aws_iam_user" "mover" { user_name = aws_iam_user.mover.name }
data "aws_iam_group" "readers" { group_name = aws_iam_group.readers.name }
data "aws_iam_policy" "read" { arn = aws_iam_policy.read.arn }
data "aws_iam_role" "worker" { name = aws_iam_role.worker.name }
data "aws_iam_instance_profile" "machine" { name = aws_iam_instance_profile.machine.name }
data "aws_iam_openid_connect_provider" "idp" { arn = aws_iam_openid_connect_provider.idp.arn }
data "aws_iam_saml_provider" "idp" { arn = aws_iam_saml_provider.idp.arn }
data "aws_iam_server_certificate" "site" { name = aws_iam_server_certificate.site.name }
data "aws_iam_access_keys" "ann" { user = aws_iam_access_key.ann.user }
data "aws_iam_user_ssh_key" "bounded" {
  username          = aws_iam_user.bounded.name
  ssh_public_key_id = aws_iam_user_ssh_key.bounded.ssh_public_key_id
  encoding          = "SSH"
}
data "aws_iam_session_context" "worker" {
  arn = "arn:aws:sts::${data.aws_caller_identity.me.account_id}:assumed-role/${aws_iam_role.worker.name}/session"
}
data "aws_iam_principal_policy_simulation" "ann" {
  policy_source_arn = aws_iam_user_policy.ann.user == aws_iam_user.ann.name ? aws_iam_user.ann.arn : ""
  action_names      = ["s3:GetObject", "s3:DeleteObject"]
  resource_arns     = ["arn:aws:s3:::bucket/key"]
  context {
    key    = "aws:SecureTransport"
    type   = "boolean"
    values = ["true"]
  }
}

output "read_back" {
  value = {
    account = data.aws_caller_identity.me.account_id
    user    = data.aws_iam_user.ann.arn
    moved   = data.aws_iam_user.mover.arn
    role    = data.aws_iam_session_context.worker.issuer_arn
    profile = data.aws_iam_instance_profile.machine.role_name
    openid  = sort(data.aws_iam_openid_connect_provider.idp.client_id_list)
    client  = data.aws_cognito_user_pool_client.web.name
    group   = data.aws_cognito_user_group.members.description
    scopes  = sort(aws_cognito_resource_server.files.scope_identifiers)
    dan     = aws_cognito_user.dan.status
    may     = { for result in data.aws_iam_principal_policy_simulation.ann.results : result.action_name => result.allowed }
  }
}
