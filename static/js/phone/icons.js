// Icons that scripts show: drawn by the server once per page, cloned here.

export function icon(name) {
  const drawn = document.querySelector(`template[data-icon="${name}"]`);
  return drawn ? drawn.content.firstElementChild.cloneNode(true) : "";
}

// <element class>…parts</element>
export function make(tag, className, ...parts) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...parts.filter((part) => part || part === 0));
  return element;
}
