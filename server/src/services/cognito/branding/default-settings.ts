import type { JsonObject } from "./settings.ts";

const both = (dark: JsonObject, light: JsonObject): JsonObject => ({ darkMode: dark, lightMode: light });
const button = (backgroundColor: string, textColor: string): JsonObject => ({ backgroundColor, textColor });
const outline = (backgroundColor: string, borderColor: string): JsonObject => ({
  backgroundColor,
  borderColor,
  textColor: borderColor,
});
const status = (backgroundColor: string, color: string): JsonObject => ({
  backgroundColor,
  borderColor: color,
  indicatorColor: color,
});
const bar: JsonObject = {
  backgroundImage: { enabled: false },
  ...both(
    { background: { color: "0f141aff" }, borderColor: "424650ff" },
    { background: { color: "fafafaff" }, borderColor: "d5dbdbff" },
  ),
  logo: { enabled: false, location: "START" },
};
const disabled: JsonObject = { backgroundColor: "ffffffff", borderColor: "ffffffff" };

/** The style of a pool that chose none: the one that AWS's own examples of managed login branding start from (2024). */
export const defaultSettings: JsonObject = {
  categories: {
    auth: {
      authMethodOrder: [
        [
          { display: "BUTTON", type: "FEDERATED" },
          { display: "INPUT", type: "USERNAME_PASSWORD" },
        ],
      ],
      federation: { interfaceStyle: "BUTTON_LIST", order: [] },
    },
    form: {
      displayGraphics: true,
      instructions: { enabled: false },
      languageSelector: { enabled: false },
      location: { horizontal: "CENTER", vertical: "CENTER" },
      sessionTimerDisplay: "NONE",
    },
    global: {
      colorSchemeMode: "LIGHT",
      pageFooter: { enabled: false },
      pageHeader: { enabled: false },
      spacingDensity: "REGULAR",
    },
    signUp: { acceptanceElements: [{ enforcement: "NONE", textKey: "en" }] },
  },
  componentClasses: {
    buttons: { borderRadius: 8 },
    divider: both({ borderColor: "232b37ff" }, { borderColor: "ebebf0ff" }),
    dropDown: {
      borderRadius: 8,
      ...both(
        {
          defaults: { itemBackgroundColor: "192534ff" },
          hover: { itemBackgroundColor: "081120ff", itemBorderColor: "5f6b7aff", itemTextColor: "e9ebedff" },
          match: { itemBackgroundColor: "d1d5dbff", itemTextColor: "89bdeeff" },
        },
        {
          defaults: { itemBackgroundColor: "ffffffff" },
          hover: { itemBackgroundColor: "f4f4f4ff", itemBorderColor: "7d8998ff", itemTextColor: "000716ff" },
          match: { itemBackgroundColor: "414d5cff", itemTextColor: "0972d3ff" },
        },
      ),
    },
    focusState: both({ borderColor: "539fe5ff" }, { borderColor: "0972d3ff" }),
    idpButtons: { icons: { enabled: true } },
    input: {
      borderRadius: 8,
      ...both(
        { defaults: { backgroundColor: "0f1b2aff", borderColor: "5f6b7aff" }, placeholderColor: "8d99a8ff" },
        { defaults: { backgroundColor: "ffffffff", borderColor: "7d8998ff" }, placeholderColor: "5f6b7aff" },
      ),
    },
    inputDescription: both({ textColor: "8d99a8ff" }, { textColor: "5f6b7aff" }),
    inputLabel: both({ textColor: "d1d5dbff" }, { textColor: "000716ff" }),
    link: both(
      { defaults: { textColor: "539fe5ff" }, hover: { textColor: "89bdeeff" } },
      { defaults: { textColor: "0972d3ff" }, hover: { textColor: "033160ff" } },
    ),
    optionControls: both(
      {
        defaults: { backgroundColor: "0f1b2aff", borderColor: "7d8998ff" },
        selected: { backgroundColor: "539fe5ff", foregroundColor: "000716ff" },
      },
      {
        defaults: { backgroundColor: "ffffffff", borderColor: "7d8998ff" },
        selected: { backgroundColor: "0972d3ff", foregroundColor: "ffffffff" },
      },
    ),
    statusIndicator: both(
      {
        error: status("1a0000ff", "eb6f6fff"),
        pending: { indicatorColor: "AAAAAAAA" },
        success: status("001a02ff", "29ad32ff"),
        warning: status("1d1906ff", "e0ca57ff"),
      },
      {
        error: status("fff7f7ff", "d91515ff"),
        pending: { indicatorColor: "AAAAAAAA" },
        success: status("f2fcf3ff", "037f0cff"),
        warning: status("fffce9ff", "8d6605ff"),
      },
    ),
  },
  components: {
    alert: {
      borderRadius: 12,
      ...both(
        { error: { backgroundColor: "1a0000ff", borderColor: "eb6f6fff" } },
        { error: { backgroundColor: "fff7f7ff", borderColor: "d91515ff" } },
      ),
    },
    favicon: { enabledTypes: ["ICO", "SVG"] },
    form: {
      backgroundImage: { enabled: false },
      borderRadius: 8,
      ...both(
        { backgroundColor: "0f1b2aff", borderColor: "424650ff" },
        { backgroundColor: "ffffffff", borderColor: "c6c6cdff" },
      ),
      logo: { enabled: false, formInclusion: "IN", location: "CENTER", position: "TOP" },
    },
    idpButton: {
      custom: {},
      standard: both(
        {
          active: outline("354150ff", "89bdeeff"),
          defaults: outline("0f1b2aff", "c6c6cdff"),
          hover: outline("192534ff", "89bdeeff"),
        },
        {
          active: outline("d3e7f9ff", "033160ff"),
          defaults: outline("ffffffff", "424650ff"),
          hover: outline("f2f8fdff", "033160ff"),
        },
      ),
    },
    pageBackground: { image: { enabled: true }, ...both({ color: "0f1b2aff" }, { color: "ffffffff" }) },
    pageFooter: bar,
    pageHeader: bar,
    pageText: both(
      { bodyColor: "b6bec9ff", descriptionColor: "b6bec9ff", headingColor: "d1d5dbff" },
      { bodyColor: "414d5cff", descriptionColor: "414d5cff", headingColor: "000716ff" },
    ),
    phoneNumberSelector: { displayType: "TEXT" },
    primaryButton: both(
      {
        active: button("539fe5ff", "000716ff"),
        defaults: button("539fe5ff", "000716ff"),
        disabled,
        hover: button("89bdeeff", "000716ff"),
      },
      {
        active: button("033160ff", "ffffffff"),
        defaults: button("0972d3ff", "ffffffff"),
        disabled,
        hover: button("033160ff", "ffffffff"),
      },
    ),
    secondaryButton: both(
      {
        active: outline("354150ff", "89bdeeff"),
        defaults: outline("0f1b2aff", "539fe5ff"),
        hover: outline("192534ff", "89bdeeff"),
      },
      {
        active: outline("d3e7f9ff", "033160ff"),
        defaults: outline("ffffffff", "0972d3ff"),
        hover: outline("f2f8fdff", "033160ff"),
      },
    ),
  },
};
