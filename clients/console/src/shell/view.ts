/** One of the console's three parts. */
export interface View {
  /**
   * Draws itself; called again after a change of language.
   * @param root Where.
   * @param path What stands in the address behind the view's name.
   */
  show(root: HTMLElement, path: readonly string[]): void;

  /** Another part is shown now: timers end. */
  leave?(): void;
}
