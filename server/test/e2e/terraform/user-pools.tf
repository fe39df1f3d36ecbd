# User pools of Cognito; main.tf has the provider and what changes by `round`.

resource "aws_cognito_user_pool" "people" {
  name                     = "people"
  alias_attributes         = ["email", "preferred_username"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = local.second ? "OPTIONAL" : "OFF"
  deletion_protection      = "INACTIVE"
  tags                     = local.second ? { team = "b", more = "yes" } : { team = "a" }

  dynamic "software_token_mfa_configuration" {
    for_each = local.second ? [1] : []
    content {
      enabled = true
    }
  }
  password_policy {
    minimum_length                   = local.second ? 12 : 10
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 3
  }
  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
  admin_create_user_config {
    allow_admin_create_user_only = local.second
    invite_message_template {
      email_message = "Dear {username}, your password is {####}."
      email_subject = "Welcome"
      sms_message   = "{username} {####}"
    }
  }
  verification_message_template {
    default_email_option = "CONFIRM_WITH_CODE"
    email_subject        = "Your code"
    email_message        = "It is {####}."
  }
  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }
  device_configuration {
    challenge_required_on_new_device      = true
    device_only_remembered_on_user_prompt = local.second
  }
  schema {
    name                = "team"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {
      min_length = 1
      max_length = 40
    }
  }
}

resource "aws_cognito_user_pool_client" "web" {
  name                                 = local.second ? "website" : "web"
  user_pool_id                         = aws_cognito_user_pool.people.id
  generate_secret                      = true
  explicit_auth_flows                  = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "email", "${aws_cognito_resource_server.files.identifier}/read"]
  supported_identity_providers         = ["COGNITO", aws_cognito_identity_provider.corporate.provider_name]
  callback_urls                        = ["https://app.example.com/callback"]
  logout_urls                          = ["https://app.example.com/"]
  prevent_user_existence_errors        = "ENABLED"
  access_token_validity                = local.second ? 2 : 1
  refresh_token_validity               = 7
  token_validity_units {
    access_token  = "hours"
    refresh_token = "days"
  }
}

resource "aws_cognito_user_pool_domain" "people" {
  domain       = local.second ? "people-b" : "people-a"
  user_pool_id = aws_cognito_user_pool.people.id
}

resource "aws_cognito_resource_server" "files" {
  identifier   = "https://files.example.com"
  name         = local.second ? "all files" : "files"
  user_pool_id = aws_cognito_user_pool.people.id
  scope {
    scope_name        = "read"
    scope_description = "Read files"
  }
  dynamic "scope" {
    for_each = local.second ? ["write"] : []
    content {
      scope_name        = scope.value
      scope_description = "Write files"
    }
  }
}

resource "aws_cognito_user_group" "members" {
  name         = "members"
  user_pool_id = aws_cognito_user_pool.people.id
  description  = local.second ? "Those who pay" : "Those who came"
  precedence   = 4
  role_arn     = aws_iam_role.worker.arn
}

resource "aws_cognito_user" "dan" {
  user_pool_id   = aws_cognito_user_pool.people.id
  username       = "dan"
  password       = "Correct-horse-7"
  message_action = "SUPPRESS"
  attributes = {
    email          = "dan@example.com"
    email_verified = true
    team           = local.second ? "blue" : "red"
  }
}

resource "aws_cognito_user_in_group" "dan" {
  user_pool_id = aws_cognito_user_pool.people.id
  group_name   = aws_cognito_user_group.members.name
  username     = aws_cognito_user.dan.username
}

resource "aws_cognito_identity_provider" "corporate" {
  user_pool_id  = aws_cognito_user_pool.people.id
  provider_name = "corporate"
  provider_type = "OIDC"
  provider_details = {
    client_id                     = local.second ? "client-b" : "client-a"
    client_secret                 = "wJalrXUtnFEMIK7MDENG"
    attributes_request_method     = "GET"
    oidc_issuer                   = "https://idp.example.com"
    authorize_scopes              = "openid email"
    authorize_url                 = "https://idp.example.com/authorize"
    token_url                     = "https://idp.example.com/token"
    attributes_url                = "https://idp.example.com/userinfo"
    jwks_uri                      = "https://idp.example.com/jwks"
    attributes_url_add_attributes = "false"
  }
  attribute_mapping = {
    email    = "email"
    username = "sub"
  }
}

data "aws_cognito_user_pool_client" "web" {
  user_pool_id = aws_cognito_user_pool.people.id
  client_id    = aws_cognito_user_pool_client.web.id
}

data "aws_cognito_user_group" "members" {
  user_pool_id = aws_cognito_user_pool.people.id
  name         = aws_cognito_user_group.members.name
}
