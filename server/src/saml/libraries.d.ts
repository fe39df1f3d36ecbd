/*
 * What is used of two libraries. xml-encryption comes without types; those of @xmldom/xmldom would bring the browser's
 * globals into every file of the project, so its main file is imported by its path and described here.
 */

declare module "@xmldom/xmldom/lib/index.js" {
  export interface XmlNode {
    readonly nodeType: number;
    readonly nodeName: string;
    readonly parentNode: XmlNode | null;
    readonly firstChild: XmlNode | null;
    readonly nextSibling: XmlNode | null;
    readonly textContent: string | null;
  }

  export interface XmlAttribute {
    readonly localName: string;
    readonly namespaceURI: string | null;
    readonly value: string;
  }

  export interface XmlElement extends XmlNode {
    readonly localName: string;
    readonly namespaceURI: string | null;
    readonly attributes: { readonly length: number; item(index: number): XmlAttribute | null };
    /** "" where it is absent. */
    getAttribute(name: string): string;
    hasAttribute(name: string): boolean;
  }

  export interface XmlDocument extends XmlNode {
    readonly documentElement: XmlElement | null;
  }

  export const DOMParser: new (options: {
    readonly errorHandler: (level: string, message: string) => void;
  }) => {
    parseFromString(text: string, mimeType: string): XmlDocument | undefined;
  };
}

declare module "xml-encryption" {
  /** Calls back before it returns. */
  export function decrypt(
    encrypted: object,
    options: {
      /** PEM. */
      readonly key: string;
      readonly disallowDecryptionWithInsecureAlgorithm: boolean;
      readonly warnInsecureAlgorithm: boolean;
    },
    callback: (error: Error | null, text?: string) => void,
  ): void;

  /** To an xenc:EncryptedData. For tests: the server encrypts nothing. */
  export function encrypt(
    text: string,
    options: {
      /** PEM. */
      readonly rsa_pub: string;
      /** The certificate, as PEM. */
      readonly pem: string;
      readonly encryptionAlgorithm: string;
      readonly keyEncryptionAlgorithm: string;
      readonly keyEncryptionDigest?: string;
      readonly disallowEncryptionWithInsecureAlgorithm: boolean;
      readonly warnInsecureAlgorithm: boolean;
    },
    callback: (error: Error | null, encrypted?: string) => void,
  ): void;
}
