import type { TermsDescriptionType, TermsType } from "@aws-sdk/client-cognito-identity-provider";
import type { Tx } from "../../../store/store.ts";
import { type TermsRow, terms } from "../../../store/terms.ts";
import type { Call } from "../../operation.ts";
import { requireUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";

export interface TermsResource extends UserPoolResource {
  readonly terms: TermsRow;
}

/** Policies know terms by their pool. */
export async function requireTerms(
  call: Call<"ResourceNotFoundException">,
  input: { readonly UserPoolId: string | undefined; readonly TermsId: string | undefined },
): Promise<TermsResource> {
  const { UserPoolId = "", TermsId = "" } = input;
  const found = await requireUserPool(call, UserPoolId);
  const row = await terms.find(call.tx, TermsId);
  if (row?.pool_id === UserPoolId) return { ...found, terms: row };
  // The text is ours: AWS's is not known.
  return call.missing(found, "ResourceNotFoundException", `Terms ${TermsId} do not exist.`);
}

/** A client has one document of a name. The text is ours: AWS's is not known. */
export async function refuseTakenName(
  call: Call<"TermsExistsException">,
  tx: Tx,
  clientId: string,
  name: string,
): Promise<void> {
  if ((await terms.findByName(tx, clientId, name)) !== undefined) {
    call.fail("TermsExistsException", `Terms ${name} already exist for user pool client ${clientId}.`);
  }
}

export function termsShape(row: TermsRow): TermsType {
  return {
    ...termsListItem(row),
    UserPoolId: row.pool_id,
    ClientId: row.client_id,
    TermsSource: row.source as TermsType["TermsSource"], // the contract let nothing else in
    Links: { ...row.links },
  };
}

export function termsListItem(row: TermsRow): TermsDescriptionType {
  return {
    TermsId: row.terms_id,
    TermsName: row.name,
    Enforcement: row.enforcement as TermsType["Enforcement"], // the contract let nothing else in
    CreationDate: new Date(row.created_at),
    LastModifiedDate: new Date(row.modified_at),
  };
}
