/**
 * Does this key press belong to the input method? Safari ends a composition before it tells of the Enter or Esc that ended it:
 * there only the key code says so.
 */
export const composing = (event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean =>
  event.isComposing || event.keyCode === 229;
