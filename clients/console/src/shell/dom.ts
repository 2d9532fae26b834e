/** What an element gets beside its children: attributes, and `on…` handlers. False and undefined leave an attribute out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>>;

/** Text is always text here: nothing from outside is ever read as HTML. */
export type Child = Node | string | undefined | readonly Child[];

const SVG = "http://www.w3.org/2000/svg";

/** Makes an HTML element. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Puts other children into an element; the focus stays on the element with the same id, so that a keyboard is not thrown out. */
export function replace(parent: Element, ...children: readonly Child[]): void {
  const focused = parent.contains(document.activeElement) ? document.activeElement?.id : undefined;
  parent.replaceChildren(...flatten(children));
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...flatten(children));
  return element;
}

function flatten(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) => (child === undefined ? [] : isList(child) ? flatten(child) : [child]));
}

function isList(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}
